import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../../ui/Facts.tsx';
import { SidePanel } from '../../../ui/SidePanel.tsx';
import { Status } from '../../../ui/Status.tsx';
import { When } from '../../../ui/When.tsx';
import { useStoreNames } from '../parts/useStoreNames.ts';
import { Deliveries } from './Deliveries.tsx';
import { Replays } from './Replays.tsx';
import { standingOf } from './standing.ts';
import { WebhookActions, type WebhookActionsProps } from './WebhookActions.tsx';
import { toneOf, type Webhook } from './webhooks.ts';

export interface WebhookDrawerProps extends Pick<WebhookActionsProps, 'onSecret'> {
  readonly webhook: Webhook;
  readonly onClose: () => void;
}

/** One webhook: how it stands with it, what was sent, and what can be done. */
export const WebhookDrawer = ({ webhook, onSecret, onClose }: WebhookDrawerProps) => {
  const { t } = useTranslation('webhooks');
  const storeNames = useStoreNames();
  const standing = standingOf(webhook);
  return (
    <SidePanel title={webhook.description} size="xl" onClose={onClose}>
      <Stack>
        {webhook.stateReason && <Text size="sm">{t(`why.${webhook.stateReason}`)}</Text>}
        <WebhookActions webhook={webhook} onSecret={onSecret} onRemoved={onClose} />
        <Facts
          facts={[
            [
              t('state'),
              <Status key="state" tone={toneOf[standing]}>
                {t(`states.${standing}`)}
              </Status>,
            ],
            [t('since'), <When key="since" at={webhook.stateSince} as="exact" />],
            [t('url'), webhook.url],
            [t('topics'), webhook.topics.includes('*') ? t('everything') : webhook.topics.join(', ')],
            [t('stores'), storeNames(webhook.stores)],
            [t('failures'), webhook.failures || undefined],
            [t('failingSince'), webhook.failingSince && <When key="failing" at={webhook.failingSince} as="exact" />],
            [t('rest'), webhook.restUntil && <When key="rest" at={webhook.restUntil} as="exact" />],
            [t('created'), <When key="created" at={webhook.createdAt} as="exact" />],
          ]}
        />
        <Text fw={600}>{t('replays')}</Text>
        <Replays id={webhook.id} />
        <Text fw={600}>{t('deliveries')}</Text>
        <Deliveries webhook={webhook} />
      </Stack>
    </SidePanel>
  );
};
