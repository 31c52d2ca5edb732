import { useTranslation } from 'react-i18next';
import { Empty } from '../../../ui/Empty.tsx';
import { Page } from '../../../ui/Page.tsx';
import { SetupNav } from '../SetupNav.tsx';

/** A page for whoever may not see it: which permission it needs, and who gives it. */
export const Barred = ({ title, why }: { readonly title: string; readonly why: string }) => {
  const { t } = useTranslation('setup');
  return (
    <Page title={title}>
      <SetupNav />
      <Empty title={why} text={t('mayNot.text')} />
    </Page>
  );
};
