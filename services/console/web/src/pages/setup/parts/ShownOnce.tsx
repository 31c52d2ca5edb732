import { Button, CopyButton, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { moment } from '../../../ui/format.ts';

export interface ShownOnceProps {
  readonly title: string;
  readonly label: string;
  readonly secret: string;
  readonly text: string;
  readonly until?: string | undefined;
  readonly onClose: () => void;
}

/** A link, a key or a secret that nobody can see again: it goes away only when somebody says that he has it. */
export const ShownOnce = ({ title, label, secret, text, until, onClose }: ShownOnceProps) => {
  const { t } = useTranslation('setup');
  return (
    <Modal opened onClose={onClose} title={title} size="lg" withCloseButton={false} closeOnClickOutside={false} closeOnEscape={false}>
      <Stack>
        <div>{text}</div>
        <Textarea
          label={label}
          description={[t('once.note'), ...(until ? [t('once.until', { at: moment(until) })] : [])].join(' ')}
          value={secret}
          readOnly
          autosize
          data-autofocus
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', overflowWrap: 'anywhere' } }}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <Group justify="flex-end">
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button onClick={copy} leftSection={copied ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}>
                <Text span inherit aria-live="polite">
                  {t(copied ? 'once.copied' : 'once.copy')}
                </Text>
              </Button>
            )}
          </CopyButton>
          <Button variant="default" onClick={onClose}>
            {t('once.kept')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
