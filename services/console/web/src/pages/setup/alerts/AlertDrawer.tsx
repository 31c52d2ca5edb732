import { Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, notification } from '../../../api/services.ts';
import { Action } from '../../../ui/Action.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { Facts } from '../../../ui/Facts.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { SidePanel } from '../../../ui/SidePanel.tsx';
import { Status } from '../../../ui/Status.tsx';
import { sayDone } from '../../../ui/said.tsx';
import { When } from '../../../ui/When.tsx';
import { useStoreNames } from '../parts/useStoreNames.ts';
import { alertQuery, toneOfAlert } from './alerts.ts';
import { Message } from './Message.tsx';

/** One alert: what it says, who was told, and what can be done. */
export const AlertDrawer = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => {
  const { t } = useTranslation('alerts');
  const query = useQuery(alertQuery(id));
  const queries = useQueryClient();
  const storeNames = useStoreNames();
  const [asks, setAsks] = useState(false);
  const resolve = async (): Promise<void> => {
    await done(notification.POST('/alerts/{id}/resolve', { params: { path: { id } } }));
    await queries.invalidateQueries({ queryKey: ['notification'] });
    sayDone(t('resolved'));
  };
  return (
    <SidePanel title={t('one')} onClose={onClose}>
      <Loaded query={query} height={400}>
        {(alert) => (
          <Stack>
            <Text fw={600}>{alert.title}</Text>
            <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{alert.text}</Text>
            <Group>
              <Action
                needs="operate"
                variant="default"
                impossible={alert.status === 'open' ? undefined : t('notOpen')}
                onClick={() => setAsks(true)}
              >
                {t('resolve')}
              </Action>
              {alert.orderId && (
                <Link to="/orders/$orderId" params={{ orderId: alert.orderId }}>
                  {t('toOrder')}
                </Link>
              )}
            </Group>
            <Facts
              facts={[
                [t('kind'), t(`kinds.${alert.kind}`)],
                [
                  t('status'),
                  <Status key="status" tone={toneOfAlert[alert.status]}>
                    {t(`statuses.${alert.status}`)}
                  </Status>,
                ],
                [t('store'), alert.tenant === '*' ? t('everywhere') : storeNames([alert.tenant])],
                [t('raised'), <When key="raised" at={alert.raisedAt} as="exact" />],
                [
                  t('resolvedAt'),
                  alert.resolvedAt && (
                    <>
                      <When at={alert.resolvedAt} as="exact" />
                      {alert.resolvedBy && `, ${t(`resolvedBy.${alert.resolvedBy}`)}`}
                    </>
                  ),
                ],
              ]}
            />
            <Text fw={600} size="sm">
              {t('messages')}
            </Text>
            {alert.deliveries.length === 0 && <Text size="sm">{t('noMessages')}</Text>}
            {alert.deliveries.map((message) => (
              <Message key={message.id} message={message} />
            ))}
          </Stack>
        )}
      </Loaded>
      {asks && (
        <ConfirmDialog title={t('resolveTitle')} action={t('resolve')} onConfirm={resolve} onClose={() => setAsks(false)}>
          {t('resolveText')}
        </ConfirmDialog>
      )}
    </SidePanel>
  );
};
