import { useTranslation } from 'react-i18next';
import { SubNav } from '../../ui/SubNav.tsx';

export const ShippingNav = () => {
  const { t } = useTranslation('shipping');
  return (
    <SubNav
      label={t('title')}
      places={[
        { to: '/ship', label: t('nav.board') },
        { to: '/packing', label: t('nav.packing') },
        { to: '/parcels', label: t('nav.parcels') },
      ]}
    />
  );
};
