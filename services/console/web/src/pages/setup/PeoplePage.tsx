import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/Page.tsx';

const PeoplePage = () => {
  const { t } = useTranslation('setup');
  return <Page title={t('title')}>{null}</Page>;
};

export default PeoplePage;
