import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/Page.tsx';
import { SetupNav } from './SetupNav.tsx';

const SetupPage = () => {
  const { t } = useTranslation('setup');
  return (
    <Page title={t('title')}>
      <SetupNav />
    </Page>
  );
};

export default SetupPage;
