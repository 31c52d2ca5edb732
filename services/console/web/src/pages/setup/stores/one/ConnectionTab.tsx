import { Alert } from '@mantine/core';
import { Info } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { CredentialsCard } from './CredentialsCard.tsx';
import { DeleteCard } from './DeleteCard.tsx';
import { DetailsCard } from './DetailsCard.tsx';
import classes from './one.module.css';
import { StandingCard } from './StandingCard.tsx';
import type { StoreTabProps } from './tabs.ts';
import { WritesCard } from './WritesCard.tsx';

/** How a store is connected, what opens it, and what was decided about it. */
export const ConnectionTab = ({ store }: StoreTabProps) => {
  const { t } = useTranslation('stores');
  return (
    <div className={classes.column}>
      {store.managedBy === 'environment' && (
        <Alert icon={<Info aria-hidden="true" />} title={t('store.managed')}>
          {t('store.managedText')}
        </Alert>
      )}
      <div className={classes.columns}>
        <div className={classes.column}>
          <StandingCard store={store} />
        </div>
        <div className={classes.column}>
          <WritesCard store={store} />
          <CredentialsCard store={store} />
        </div>
      </div>
      <DetailsCard store={store} />
      <DeleteCard store={store} />
    </div>
  );
};
