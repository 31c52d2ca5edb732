import { useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMarketplacesKnown } from '../../api/marketplaces.ts';
import { Action } from '../../ui/Action.tsx';
import { Page } from '../../ui/Page.tsx';
import { SetupNav } from './SetupNav.tsx';
import { InstallationCard } from './stores/list/InstallationCard.tsx';
import { StatusesCard } from './stores/list/StatusesCard.tsx';
import { StoresCard } from './stores/list/StoresCard.tsx';
import { useSeesAll, useStoreList } from './stores/store.ts';

/** The stores, what orders are called, and what this installation is. */
const SetupPage = () => {
  const { t } = useTranslation(['setup', 'stores']);
  const navigate = useNavigate();
  const seesAll = useSeesAll();
  const areMarketplacesKnown = useMarketplacesKnown();
  const isKnown = !useStoreList().isPending && areMarketplacesKnown;
  return (
    <Page
      title={t('setup:title')}
      actions={
        <Action
          needs="administer"
          impossible={seesAll ? undefined : t('stores:onlyAll')}
          leftSection={<Plus size={16} aria-hidden="true" />}
          onClick={() => void navigate({ to: '/setup/stores/new' })}
        >
          {t('stores:list.add')}
        </Action>
      }
    >
      <SetupNav />
      <StoresCard />
      {/* How high the card above is, only its stores say. */}
      {isKnown && <StatusesCard />}
      {isKnown && <InstallationCard />}
    </Page>
  );
};

export default SetupPage;
