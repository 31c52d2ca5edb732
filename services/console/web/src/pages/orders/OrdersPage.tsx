import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/Page.tsx';

const OrdersPage = () => {
  const { t } = useTranslation('orders');
  return <Page title={t('title')}>{null}</Page>;
};

export default OrdersPage;
