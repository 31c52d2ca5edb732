import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/Page.tsx';

const OrderPage = () => {
  const { t } = useTranslation('order');
  return <Page title={t('title')}>{null}</Page>;
};

export default OrderPage;
