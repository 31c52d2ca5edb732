import { Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { type Purpose, purposes } from './revealed.ts';

export interface RevealDialogProps {
  readonly onClose: () => void;
  readonly onReveal: (purpose: Purpose) => Promise<void>;
}

/** What for somebody needs the buyer's data: that is written down beside his name. */
export const RevealDialog = ({ onClose, onReveal }: RevealDialogProps) => {
  const { t } = useTranslation(['order', 'common']);
  const [purpose, setPurpose] = useState<Purpose>('buyer-question');
  const reveal = useMutation({ mutationFn: () => onReveal(purpose), onSuccess: onClose });
  return (
    <Modal opened onClose={onClose} title={t('order:buyer.show')} closeButtonProps={{ 'aria-label': t('common:do.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          reveal.mutate();
        }}
      >
        <Stack>
          <Text size="sm">{t('order:buyer.onRecord')}</Text>
          <NativeSelect
            label={t('order:buyer.purpose')}
            value={purpose}
            onChange={({ currentTarget }) => setPurpose(purposes.find((one) => one === currentTarget.value) ?? purpose)}
            data={purposes.map((value) => ({ value, label: t(`order:purpose.${value}`) }))}
            data-autofocus
          />
          {reveal.error && <ProblemNote error={reveal.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:do.cancel')}
            </Button>
            <Button type="submit" loading={reveal.isPending}>
              {t('order:buyer.showFor')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
