import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMay, useSession } from '../../api/session.ts';
import { useScope } from '../../api/stores.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { Barred } from './parts/Barred.tsx';
import { useStoreNames } from './parts/useStoreNames.ts';
import { Rules } from './rules/Rules.tsx';
import { rulesQuery } from './rules/rules.ts';
import { SetupNav } from './SetupNav.tsx';

/** Who is told what: for all stores, or of the store that is chosen above. */
const RulesPage = () => {
  const { t } = useTranslation(['alerts', 'setup']);
  const tenant = useScope();
  const { stores } = useSession();
  if (!useMay('administer')) return <Barred title={t('rule.title')} why={t('setup:mayNot.administer')} />;
  if (tenant === undefined && stores !== '*')
    return (
      <Page title={t('rule.title')}>
        <SetupNav />
        <Empty title={t('rule.choose')} />
      </Page>
    );
  return <RulesOf key={tenant} tenant={tenant} />;
};

const RulesOf = ({ tenant }: { readonly tenant: string | undefined }) => {
  const { t } = useTranslation('alerts');
  const storeNames = useStoreNames();
  const query = useQuery(rulesQuery(tenant));
  const store = tenant === undefined ? '' : storeNames([tenant]);
  return (
    <Page
      title={t('rule.title')}
      about={tenant === undefined ? `${t('rule.aboutAll')} ${t('rule.choose')}` : t('rule.aboutOne', { store })}
    >
      <SetupNav />
      <Loaded query={query} height={320}>
        {(set) => <Rules tenant={tenant} store={store} set={set} />}
      </Loaded>
    </Page>
  );
};

export default RulesPage;
