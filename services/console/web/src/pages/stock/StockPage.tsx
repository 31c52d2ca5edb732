import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/Page.tsx';

const StockPage = () => {
  const { t } = useTranslation('stock');
  return <Page title={t('title')}>{null}</Page>;
};

export default StockPage;
