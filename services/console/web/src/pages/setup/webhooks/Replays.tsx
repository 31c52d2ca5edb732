import { Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notification } from '../../../api/services.ts';
import { moment, number } from '../../../ui/format.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Status } from '../../../ui/Status.tsx';

const everyMs = 2_000;

/** The latest replays, and how far each has come. */
export const Replays = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation('webhooks');
  const query = useQuery({
    ...notification.read('/webhooks/{id}/replays', { params: { path: { id } } }),
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state !== 'done') ? everyMs : false),
  });
  return (
    <Loaded query={query} height={48}>
      {({ items }) =>
        items.length === 0 ? (
          <Text size="sm">{t('replay.none')}</Text>
        ) : (
          <Stack gap="xs">
            {items.map(({ id: replay, from, until, requestedAt, requestedBy, state, total, delivered, waiting, failed }) => (
              <div key={replay}>
                <Text size="sm">
                  {t('replay.by', {
                    from: from ? moment(from) : t('replay.events'),
                    until: moment(until ?? requestedAt),
                    name: requestedBy,
                  })}
                </Text>
                <Status tone={state === 'done' ? 'ok' : 'waiting'}>
                  {`${t(`replay.states.${state}`)}: ${t('replay.count', {
                    delivered: number(delivered),
                    total: number(total),
                    waiting: number(waiting),
                    failed: number(failed),
                  })}`}
                </Status>
                {state !== 'done' && (
                  <Progress value={total === 0 ? 0 : ((delivered + failed) / total) * 100} aria-label={t('replay.progress')} />
                )}
              </div>
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
};
