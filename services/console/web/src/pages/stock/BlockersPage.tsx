import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/Page.tsx';

const BlockersPage = () => {
  const { t } = useTranslation('stock');
  return <Page title={t('title')}>{null}</Page>;
};

export default BlockersPage;
