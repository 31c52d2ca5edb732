import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/Page.tsx';

const TodayPage = () => {
  const { t } = useTranslation('today');
  return <Page title={t('title')}>{null}</Page>;
};

export default TodayPage;
