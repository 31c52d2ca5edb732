import { useTranslation } from 'react-i18next';
import { SubNav } from '../../ui/SubNav.tsx';

export const MoneyNav = () => {
  const { t } = useTranslation('money');
  return (
    <SubNav
      label={t('title')}
      places={[
        { to: '/money', label: t('nav.invoices') },
        { to: '/credit-memos', label: t('nav.memos') },
        { to: '/money-attention', label: t('nav.attention') },
        { to: '/books', label: t('nav.books') },
      ]}
    />
  );
};
