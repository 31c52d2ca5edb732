import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session.ts';
import { useScope } from '../../api/stores.ts';
import { Action } from '../../ui/Action.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { useSearchChange } from '../../ui/filters.tsx';
import { lazily } from '../../ui/lazily.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { AuditList } from './audit/AuditList.tsx';
import { exportUrl, type Filter, idOf, type ServiceName, serviceNames } from './audit/entries.ts';
import { filterOf, useAuditFilters } from './audit/filters.tsx';
import { useAudit } from './audit/useAudit.ts';
import { Barred } from './parts/Barred.tsx';
import { Notice } from './parts/Notice.tsx';
import { peopleQuery } from './people/people.ts';
import { SetupNav } from './SetupNav.tsx';

const EntryDrawer = lazily(async () => ({ default: (await import('./audit/EntryDrawer.tsx')).EntryDrawer }));
const VerifyDialog = lazily(async () => ({ default: (await import('./audit/VerifyDialog.tsx')).VerifyDialog }));

const AuditPage = () => {
  const { t } = useTranslation(['audit', 'setup']);
  return useMay('manage-access') ? <Audit /> : <Barred title={t('title')} why={t('setup:mayNot.audit')} />;
};

/** Who did what, in all services. */
const Audit = () => {
  const { t } = useTranslation('audit');
  const tenant = useScope();
  const change = useSearchChange();
  const people = useQuery(peopleQuery).data?.items;
  const { entry: shown } = useSearch({ strict: false }) as { entry?: string };
  const { chips, search } = useAuditFilters(useMemo(() => people?.map(({ name }) => name) ?? [], [people]));
  const filter = useMemo(() => filterOf(search, tenant), [search, tenant]);
  const [verifies, setVerifies] = useState(false);
  const list = useAudit(search.service, filter);
  const open = list.rows.find((entry) => idOf(entry) === shown);
  const isFiltered = chips.some(({ value }) => value !== undefined);
  return (
    <Page
      title={t('title')}
      about={t('about')}
      fill
      actions={
        <>
          <Exports service={search.service} filter={filter} />
          <Action needs="manage-access" variant="default" onClick={() => setVerifies(true)}>
            {t('verify.action')}
          </Action>
        </>
      }
    >
      <SetupNav />
      <FilterBar filters={chips} />
      {list.error && <ProblemNote error={list.error} retry={list.refetch} />}
      {list.away.map(([service]) => (
        <Notice key={service}>{t('away', { service: t(`service.${service}`) })}</Notice>
      ))}
      <AuditList
        rows={list.rows}
        more={list.more}
        waiting={list.waiting}
        onOpen={(entry) => change({ entry: idOf(entry) })}
        empty={isFiltered ? <Empty title={t('noneFiltered')} /> : <Empty title={t('none')} text={t('noneText')} />}
      />
      {open && <EntryDrawer entry={open} onClose={() => change({ entry: undefined })} />}
      {verifies && <VerifyDialog onClose={() => setVerifies(false)} />}
    </Page>
  );
};

/** The log as a file: of the service that is chosen, or of any. */
const Exports = ({ service, filter }: { readonly service: ServiceName | undefined; readonly filter: Filter }) => {
  const { t } = useTranslation('audit');
  const icon = <Download size={16} aria-hidden="true" />;
  if (service !== undefined)
    return (
      <Button component="a" variant="default" href={exportUrl(service, filter)} download leftSection={icon}>
        {t('export')}
      </Button>
    );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={icon}>
          {t('export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {serviceNames.map((name) => (
          <Menu.Item key={name} component="a" href={exportUrl(name, filter)} download>
            {t('exportOne', { service: t(`service.${name}`) })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

export default AuditPage;
