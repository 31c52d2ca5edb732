import { Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { done, notification } from '../../../api/services.ts';
import { Action } from '../../../ui/Action.tsx';
import { Facts } from '../../../ui/Facts.tsx';
import { Status } from '../../../ui/Status.tsx';
import { sayDone, sayFailed } from '../../../ui/said.tsx';
import { type LastError, lastErrorOf } from '../../../ui/told.ts';
import { When } from '../../../ui/When.tsx';
import { canResend, type MessageState, toneOfMessage } from './alerts.ts';

export interface MessageFacts extends LastError {
  readonly id: string;
  readonly channel: 'mail' | 'slack' | 'webhook';
  readonly recipient: string;
  readonly rule: { readonly name: string };
  readonly test: boolean;
  readonly alerts: number;
  readonly state: MessageState;
  readonly attempts: number;
  readonly plannedFor: string;
  readonly nextAttemptAt?: string | undefined;
  readonly sentAt?: string | undefined;
  readonly answer?: string | undefined;
}

/** A message to the staff: to whom, what became of it, and how to send it again. */
export const Message = ({ message }: { readonly message: MessageFacts }) => {
  const { t } = useTranslation('alerts');
  const queries = useQueryClient();
  const resend = async (): Promise<void> => {
    await done(notification.POST('/deliveries/{id}/resend', { params: { path: { id: message.id } } }));
    await queries.invalidateQueries({ queryKey: ['notification'] });
    sayDone(t('message.resending'));
  };
  return (
    <Stack gap="xs" align="start">
      <Facts
        facts={[
          [t('message.to'), message.recipient],
          [t('message.channel'), t(`channel.${message.channel}`)],
          [
            t('message.state'),
            <Status key="state" tone={toneOfMessage[message.state]}>
              {t(`state.${message.state}`)}
            </Status>,
          ],
          [t('message.rule'), message.test ? `${message.rule.name} (${t('message.test')})` : message.rule.name],
          [t('message.alerts'), message.alerts > 0 && t('message.count', { count: message.alerts })],
          [t('message.planned'), message.sentAt === undefined && <When at={message.plannedFor} as="exact" />],
          [t('message.sent'), message.sentAt && <When at={message.sentAt} as="exact" />],
          [t('message.next'), message.nextAttemptAt && <When at={message.nextAttemptAt} as="exact" />],
          [t('message.attempts'), message.attempts > 1 && String(message.attempts)],
          [t('message.error'), lastErrorOf(message)],
          [t('message.answer'), message.answer],
        ].map(([name, value]) => [String(name), value === false ? undefined : value] as const)}
      />
      {!message.test && (
        <Action
          needs="operate"
          size="compact-sm"
          variant="default"
          impossible={canResend(message.state) ? undefined : t('message.resendNot')}
          onClick={() => void resend().catch(sayFailed)}
        >
          {t('message.resend')}
        </Action>
      )}
    </Stack>
  );
};
