import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/Page.tsx';

const MoneyPage = () => {
  const { t } = useTranslation('money');
  return <Page title={t('title')}>{null}</Page>;
};

export default MoneyPage;
