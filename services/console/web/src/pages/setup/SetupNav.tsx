import { useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SubNav } from '../../ui/SubNav.tsx';

export const SetupNav = () => {
  const { t } = useTranslation('setup');
  const isInStores = useLocation({ select: ({ pathname }) => pathname.startsWith('/setup/stores/') });
  return (
    <SubNav
      label={t('title')}
      places={[
        { to: '/setup', label: t('nav.stores'), holds: isInStores },
        { to: '/setup/rules', label: t('nav.rules') },
        { to: '/setup/webhooks', label: t('nav.webhooks') },
        { to: '/setup/people', label: t('nav.people') },
        { to: '/setup/keys', label: t('nav.keys') },
        { to: '/setup/audit', label: t('nav.audit') },
      ]}
    />
  );
};
