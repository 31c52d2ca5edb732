import { Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, gateway } from '../../../../api/services.ts';
import { Action } from '../../../../ui/Action.tsx';
import { Card } from '../../../../ui/Card.tsx';
import { ConfirmDialog } from '../../../../ui/ConfirmDialog.tsx';
import { Facts } from '../../../../ui/Facts.tsx';
import { Status } from '../../../../ui/Status.tsx';
import { sayDone, sayFailed } from '../../../../ui/said.tsx';
import { lastErrorOf } from '../../../../ui/told.ts';
import { When } from '../../../../ui/When.tsx';
import { ConnectionTest } from '../credentials/ConnectionTest.tsx';
import { tones } from '../store.ts';
import type { StoreTabProps } from './tabs.ts';

/** How it stands with Amazon, a test, and a pause. */
export const StandingCard = ({ store }: StoreTabProps) => {
  const { t } = useTranslation('stores');
  const queries = useQueryClient();
  const [pauses, setPauses] = useState(false);
  const params = { path: { storeId: store.id } };
  const refresh = () => queries.invalidateQueries({ queryKey: ['amazon-gateway'] });
  const test = useMutation({ mutationFn: () => done(gateway.POST('/stores/{storeId}/test', { params })) });
  const pause = async (): Promise<void> => {
    await done(gateway.POST('/stores/{storeId}/pause', { params }));
    await refresh();
    sayDone(t('connection.paused', { store: store.name }), () => resume().catch(sayFailed));
  };
  const resume = async (): Promise<void> => {
    await done(gateway.POST('/stores/{storeId}/resume', { params }));
    await refresh();
    sayDone(t('connection.resumed', { store: store.name }));
  };
  const isPaused = store.status === 'paused' && store.pausedBy === 'person';
  return (
    <Card
      title={t('connection.now')}
      actions={
        isPaused ? (
          <Action needs="administer" size="compact-sm" onClick={() => void resume().catch(sayFailed)}>
            {t('connection.resume')}
          </Action>
        ) : (
          <Action needs="administer" size="compact-sm" variant="default" onClick={() => setPauses(true)}>
            {t('connection.pause')}
          </Action>
        )
      }
    >
      <Stack>
        <Facts
          facts={[
            [
              t('list.status'),
              <Status key="status" tone={tones[store.status]}>
                {t(`status.${store.status}`)}
              </Status>,
            ],
            [t('connection.last'), <When key="last" at={store.lastSuccessAt} />],
            [t('connection.complete'), store.watermark && <When at={store.watermark} />],
            [t('connection.next'), store.nextPollAt && <When at={store.nextPollAt} />],
            [t('connection.error'), lastErrorOf(store)],
            [t('list.region'), t(`region.${store.region}`)],
            [t('connection.id'), store.id],
            [t('connection.created'), <When key="created" at={store.createdAt} as="exact" />],
          ]}
        />
        <ConnectionTest test={test} />
      </Stack>
      {pauses && (
        <ConfirmDialog
          title={t('connection.pauseTitle', { store: store.name })}
          action={t('connection.pause')}
          onConfirm={pause}
          onClose={() => setPauses(false)}
        >
          {t('connection.pauseText')}
        </ConfirmDialog>
      )}
    </Card>
  );
};
