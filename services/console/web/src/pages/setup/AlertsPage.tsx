import { SegmentedControl } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSearchChange } from '../../ui/filters.tsx';
import { lazily } from '../../ui/lazily.tsx';
import { Page } from '../../ui/Page.tsx';
import { AlertList } from './alerts/AlertList.tsx';
import { alertKinds } from './alerts/kinds.ts';

const AlertDrawer = lazily(async () => ({ default: (await import('./alerts/AlertDrawer.tsx')).AlertDrawer }));
const MessageList = lazily(async () => ({ default: (await import('./alerts/MessageList.tsx')).MessageList }));

const views = ['open', 'resolved', 'info', 'messages'] as const;

/** What the staff should know: what is open first, and what was told to whom. */
const AlertsPage = () => {
  const { t } = useTranslation('alerts');
  const change = useSearchChange();
  const search = useSearch({ strict: false }) as { readonly view?: string; readonly kind?: string; readonly alert?: string };
  const view = views.find((one) => one === search.view) ?? 'open';
  return (
    <Page title={t('title')} about={t('about')} fill actions={<Link to="/setup/rules">{t('rules')}</Link>}>
      <SegmentedControl
        aria-label={t('views.label')}
        value={view}
        onChange={(chosen) => change({ view: chosen === 'open' ? undefined : chosen })}
        data={views.map((one) => ({ value: one, label: t(`views.${one}`) }))}
        style={{ alignSelf: 'start', maxWidth: '100%', overflowX: 'auto' }}
      />
      {view === 'messages' ? <MessageList /> : <AlertList key={view} status={view} kind={alertKinds.find((one) => one === search.kind)} />}
      {search.alert && <AlertDrawer id={search.alert} onClose={() => change({ alert: undefined })} />}
    </Page>
  );
};

export default AlertsPage;
