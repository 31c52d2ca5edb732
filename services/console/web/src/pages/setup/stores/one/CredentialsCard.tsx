import { Alert, Stack } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Action } from '../../../../ui/Action.tsx';
import { Card } from '../../../../ui/Card.tsx';
import { Facts } from '../../../../ui/Facts.tsx';
import { lazily } from '../../../../ui/lazily.tsx';
import { When } from '../../../../ui/When.tsx';
import type { StoreTabProps } from './tabs.ts';

const RenewDialog = lazily(async () => ({ default: (await import('./RenewDialog.tsx')).RenewDialog }));

/** What is known of the credentials, which are never shown, and when they have to be renewed. */
export const CredentialsCard = ({ store }: StoreTabProps) => {
  const { t } = useTranslation('stores');
  const [renews, setRenews] = useState(false);
  const { clientIdEnd, secretSetAt, secretDueAt, secretIsDue, authorizedAt } = store.credentials;
  return (
    <Card
      title={t('connection.credentials')}
      actions={
        <Action
          needs="administer"
          size="compact-sm"
          variant="default"
          impossible={store.managedBy === 'environment' ? t('connection.managedNot') : undefined}
          onClick={() => setRenews(true)}
        >
          {t('connection.renew')}
        </Action>
      }
    >
      <Stack>
        {secretIsDue && (
          <Alert color="orange" icon={<TriangleAlert aria-hidden="true" />}>
            {t('connection.isDue')}
          </Alert>
        )}
        <Facts
          facts={[
            [t('connection.clientId'), t('connection.ends', { end: clientIdEnd })],
            [t('connection.secretSet'), <When key="set" at={secretSetAt} />],
            [t('connection.secretDue'), <When key="due" at={secretDueAt} />],
            [t('connection.authorized'), <When key="authorized" at={authorizedAt} />],
          ]}
        />
      </Stack>
      {renews && <RenewDialog store={store} onClose={() => setRenews(false)} />}
    </Card>
  );
};
