import { Group, NumberInput, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, notification } from '../../../api/services.ts';
import { Action } from '../../../ui/Action.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { sayDone, sayFailed } from '../../../ui/said.tsx';
import { type AttemptFacts, AttemptLine } from './AttemptLine.tsx';
import { ReplayDialog } from './ReplayDialog.tsx';
import { WebhookForm } from './WebhookForm.tsx';
import { type Webhook, webhooksQuery } from './webhooks.ts';

type Asked = 'edit' | 'pause' | 'rotate' | 'remove' | 'replay';

export interface WebhookActionsProps {
  readonly webhook: Webhook;
  readonly onSecret: (made: { readonly name: string; readonly secret: string; readonly until?: string }) => void;
  readonly onRemoved: () => void;
}

const usualOverlap = 24;

/** What can be done with one webhook. */
export const WebhookActions = ({ webhook, onSecret, onRemoved }: WebhookActionsProps) => {
  const { t } = useTranslation('webhooks');
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Asked>();
  const [tested, setTested] = useState<AttemptFacts | 'sending'>();
  const [hours, setHours] = useState<number | string>(usualOverlap);
  const { id, description: name, state } = webhook;
  const params = { path: { id } };
  const close = () => setAsked(undefined);
  const renew = () => queries.invalidateQueries({ queryKey: ['notification'] });
  const resume = async (): Promise<void> => {
    await done(notification.POST('/webhooks/{id}/resume', { params }));
    await renew();
    sayDone(t('resumed', { name }));
  };
  const pause = async (): Promise<void> => {
    await done(notification.PATCH('/webhooks/{id}', { params, body: { enabled: false } }));
    await renew();
    sayDone(t('paused', { name }), () => resume().catch(sayFailed));
  };
  const rotate = async (): Promise<void> => {
    const made = await done(notification.POST('/webhooks/{id}/secret', { params, body: { overlapHours: Number(hours) } }));
    onSecret({ name, secret: made.secret });
  };
  const remove = async (): Promise<void> => {
    await done(notification.DELETE('/webhooks/{id}', { params }));
    onRemoved();
    // What was shown of it is gone with it: only the list is asked again.
    await queries.invalidateQueries({ queryKey: webhooksQuery.queryKey });
    sayDone(t('removed', { name }));
  };
  const test = async (): Promise<void> => {
    setTested('sending');
    try {
      setTested(await done(notification.POST('/webhooks/{id}/test', { params })));
    } catch (error) {
      setTested(undefined);
      sayFailed(error);
    }
  };
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Action needs="administer" size="compact-sm" loading={tested === 'sending'} onClick={() => void test()}>
          {t('test.action')}
        </Action>
        <Action needs="administer" {...quiet} onClick={() => setAsked('edit')}>
          {t('edit')}
        </Action>
        {state === 'enabled' ? (
          <Action needs="administer" {...quiet} onClick={() => setAsked('pause')}>
            {t('pause')}
          </Action>
        ) : (
          <Action needs="administer" {...quiet} onClick={() => void resume().catch(sayFailed)}>
            {t('resume')}
          </Action>
        )}
        <Action needs="administer" {...quiet} onClick={() => setAsked('rotate')}>
          {t('rotate')}
        </Action>
        <Action needs="administer" {...quiet} impossible={state === 'disabled' ? t('isOff') : undefined} onClick={() => setAsked('replay')}>
          {t('replay.action')}
        </Action>
        <Action needs="administer" {...quiet} onClick={() => setAsked('remove')}>
          {t('remove')}
        </Action>
      </Group>
      <div aria-live="polite">{tested !== undefined && tested !== 'sending' && <AttemptLine attempt={tested} />}</div>
      {asked === 'edit' && <WebhookForm webhook={webhook} onMade={onSecret} onClose={close} />}
      {asked === 'replay' && <ReplayDialog id={id} onClose={close} />}
      {asked === 'pause' && (
        <ConfirmDialog title={t('pauseTitle', { name })} action={t('pause')} onConfirm={pause} onClose={close}>
          {t('pauseText')}
        </ConfirmDialog>
      )}
      {asked === 'rotate' && (
        <ConfirmDialog title={t('rotate')} action={t('rotateAction')} onConfirm={rotate} onClose={close}>
          <Stack>
            <Text size="sm">{t('rotateText')}</Text>
            <NumberInput label={t('overlap')} min={0} max={720} allowDecimal={false} value={hours} onChange={setHours} />
          </Stack>
        </ConfirmDialog>
      )}
      {asked === 'remove' && (
        <ConfirmDialog
          title={t('removeTitle', { name })}
          action={t('removeAction')}
          danger
          typed={{ label: t('removeTyped', { name }), text: name }}
          onConfirm={remove}
          onClose={close}
        >
          {t('removeText')}
        </ConfirmDialog>
      )}
    </Stack>
  );
};

const quiet = { size: 'compact-sm', variant: 'default' } as const;
