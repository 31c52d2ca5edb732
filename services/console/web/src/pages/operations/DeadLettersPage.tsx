import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/Page.tsx';

const DeadLettersPage = () => {
  const { t } = useTranslation('operations');
  return <Page title={t('title')}>{null}</Page>;
};

export default DeadLettersPage;
