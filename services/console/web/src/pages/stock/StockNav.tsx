import { useTranslation } from 'react-i18next';
import { SubNav } from '../../ui/SubNav.tsx';

export const StockNav = () => {
  const { t } = useTranslation('stock');
  return (
    <SubNav
      label={t('title')}
      places={[
        { to: '/stock', label: t('nav.stock') },
        { to: '/blockers', label: t('nav.blockers') },
        { to: '/returns', label: t('nav.returns') },
      ]}
    />
  );
};
