import { Button, Modal, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notification } from '../../../api/services.ts';
import { DialogFoot } from '../../../ui/DialogFoot.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { Message } from '../alerts/Message.tsx';
import { useOnce } from '../parts/useOnce.ts';
import { type Rule, testRule } from './rules.ts';

export interface TestDialogProps {
  readonly tenant: string | undefined;
  readonly rule: Rule;
  readonly onClose: () => void;
}

type State = { readonly busy: boolean; readonly error?: unknown; readonly sent?: readonly string[] };

/** Sends an invented example to whom a rule names, and shows what becomes of each message. */
export const TestDialog = ({ tenant, rule, onClose }: TestDialogProps) => {
  const { t } = useTranslation(['alerts', 'common']);
  const queries = useQueryClient();
  const once = useOnce();
  const [state, setState] = useState<State>({ busy: false });
  const send = async (): Promise<void> => {
    setState({ busy: true });
    try {
      const { items } = await once((header) => testRule(tenant, rule.id, header));
      setState({ busy: false, sent: items.map(({ id }) => id) });
      await queries.invalidateQueries({ queryKey: ['notification', '/deliveries'] });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('test.title', { name: rule.name })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:do.close') }}
    >
      <Stack>
        <Text size="sm">{t('test.text')}</Text>
        {state.error !== undefined && <ProblemNote error={state.error} />}
        <div aria-live="polite">
          {state.sent && (
            <Stack>
              <Text fw={600}>{t('test.result')}</Text>
              {state.sent.map((id) => (
                <Result key={id} id={id} />
              ))}
            </Stack>
          )}
        </div>
        <DialogFoot>
          <Button variant="default" onClick={onClose}>
            {t('common:do.close')}
          </Button>
          {state.sent === undefined && (
            <Button data-autofocus loading={state.busy} onClick={() => void send()}>
              {t('test.action')}
            </Button>
          )}
        </DialogFoot>
      </Stack>
    </Modal>
  );
};

const everyMs = 1_000;

/** A message, until it has arrived or failed. */
const Result = ({ id }: { readonly id: string }) => {
  const query = useQuery({
    ...notification.read('/deliveries/{id}', { params: { path: { id } } }),
    refetchInterval: ({ state }) => (state.data && ['sent', 'failed', 'dropped'].includes(state.data.state) ? false : everyMs),
  });
  return (
    <Loaded query={query} height={120}>
      {(message) => <Message message={message} />}
    </Loaded>
  );
};
