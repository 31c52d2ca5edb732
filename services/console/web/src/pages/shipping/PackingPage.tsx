import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/Page.tsx';

const PackingPage = () => {
  const { t } = useTranslation('shipping');
  return <Page title={t('title')}>{null}</Page>;
};

export default PackingPage;
