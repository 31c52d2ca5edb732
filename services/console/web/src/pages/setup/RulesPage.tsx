import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/Page.tsx';

const RulesPage = () => {
  const { t } = useTranslation('setup');
  return <Page title={t('title')}>{null}</Page>;
};

export default RulesPage;
