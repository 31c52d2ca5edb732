import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/Page.tsx';

const AuditPage = () => {
  const { t } = useTranslation('setup');
  return <Page title={t('title')}>{null}</Page>;
};

export default AuditPage;
