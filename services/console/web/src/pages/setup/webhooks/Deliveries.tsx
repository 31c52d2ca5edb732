import { Button, Code, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, notification } from '../../../api/services.ts';
import { Action } from '../../../ui/Action.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { Status } from '../../../ui/Status.tsx';
import { sayDone, sayFailed } from '../../../ui/said.tsx';
import { useList } from '../../../ui/useList.ts';
import { When } from '../../../ui/When.tsx';
import { AttemptLine } from './AttemptLine.tsx';
import classes from './Deliveries.module.css';
import { deliveryStates, toneOfDelivery, type Webhook } from './webhooks.ts';

/** What was sent, and what waits or has failed, newest event first; each opens its attempts. */
export const Deliveries = ({ webhook: { id, state: standing } }: { readonly webhook: Webhook }) => {
  const { t } = useTranslation('webhooks');
  const [only, setOnly] = useState('');
  const [shown, setShown] = useState<string>();
  const state = deliveryStates.find((one) => one === only);
  const list = useList((cursor) =>
    notification.read('/webhooks/{id}/deliveries', { params: { path: { id }, query: { limit: 25, state, cursor } } }),
  );
  return (
    <Stack gap="xs">
      <NativeSelect
        label={t('only')}
        value={only}
        onChange={({ currentTarget }) => setOnly(currentTarget.value)}
        data={[{ value: '', label: t('onlyAll') }, ...deliveryStates.map((one) => ({ value: one, label: t(`delivery.states.${one}`) }))]}
        style={{ alignSelf: 'start' }}
      />
      {list.error && <ProblemNote error={list.error} retry={list.refetch} />}
      {!list.waiting && list.rows.length === 0 && <Text size="sm">{t(state ? 'noSuchDeliveries' : 'noDeliveries')}</Text>}
      <ul className={classes.list}>
        {list.rows.map((delivery) => (
          <li key={delivery.eventId}>
            <button
              type="button"
              className={classes.line}
              aria-expanded={shown === delivery.eventId}
              onClick={() => setShown(shown === delivery.eventId ? undefined : delivery.eventId)}
            >
              <span>{delivery.topic}</span>
              <Status tone={toneOfDelivery[delivery.state]}>{t(`delivery.states.${delivery.state}`)}</Status>
              <When at={delivery.heardAt} />
            </button>
            {shown === delivery.eventId && <Attempts id={id} eventId={delivery.eventId} isOff={standing === 'disabled'} />}
          </li>
        ))}
      </ul>
      {list.more.has && (
        <Button variant="default" size="compact-sm" loading={list.more.loading} onClick={() => void list.more.load()}>
          {t('delivery.more')}
        </Button>
      )}
    </Stack>
  );
};

interface AttemptsProps {
  readonly id: string;
  readonly eventId: string;
  readonly isOff: boolean;
}

const Attempts = ({ id, eventId, isOff }: AttemptsProps) => {
  const { t } = useTranslation('webhooks');
  const queries = useQueryClient();
  const params = { path: { id, eventId } };
  const query = useQuery(notification.read('/webhooks/{id}/deliveries/{eventId}', { params }));
  const again = async (): Promise<void> => {
    await done(notification.POST('/webhooks/{id}/deliveries/{eventId}/redeliver', { params }));
    await queries.invalidateQueries({ queryKey: ['notification'] });
    sayDone(t('delivery.sending'));
  };
  return (
    <Loaded query={query} height={80}>
      {({ log, nextAttemptAt }) => (
        <Stack gap="xs" align="start" className={classes.attempts}>
          <Text size="sm">
            {t('delivery.id')}: <Code>{eventId}</Code>
          </Text>
          {log.length === 0 && <Text size="sm">{t('delivery.none')}</Text>}
          {log.map((attempt) => (
            <AttemptLine key={attempt.at} attempt={attempt} />
          ))}
          {nextAttemptAt && (
            <Text size="sm">
              {t('delivery.next')}: <When at={nextAttemptAt} as="exact" />
            </Text>
          )}
          <Action
            needs="administer"
            size="compact-sm"
            variant="default"
            impossible={isOff ? t('isOff') : undefined}
            onClick={() => void again().catch(sayFailed)}
          >
            {t('delivery.again')}
          </Action>
        </Stack>
      )}
    </Loaded>
  );
};
