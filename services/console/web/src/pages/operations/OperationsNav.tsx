import { useTranslation } from 'react-i18next';
import { SubNav } from '../../ui/SubNav.tsx';

export const OperationsNav = () => {
  const { t } = useTranslation('operations');
  return (
    <SubNav
      label={t('title')}
      places={[
        { to: '/sync', label: t('nav.sync') },
        { to: '/ledger', label: t('nav.ledger') },
        { to: '/feeds', label: t('nav.feeds') },
        { to: '/errors', label: t('nav.errors') },
        { to: '/dead-letters', label: t('nav.deadLetters') },
        { to: '/gaps', label: t('nav.gaps') },
      ]}
    />
  );
};
