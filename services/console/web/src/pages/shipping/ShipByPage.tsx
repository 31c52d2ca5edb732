import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/Page.tsx';

const ShipByPage = () => {
  const { t } = useTranslation('shipping');
  return <Page title={t('title')}>{null}</Page>;
};

export default ShipByPage;
