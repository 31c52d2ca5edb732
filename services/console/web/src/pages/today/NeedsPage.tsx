import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/Page.tsx';

const NeedsPage = () => {
  const { t } = useTranslation('needs');
  return <Page title={t('title')}>{null}</Page>;
};

export default NeedsPage;
