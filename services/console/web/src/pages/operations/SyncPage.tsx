import { Alert, Group, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, gateway } from '../../api/services.ts';
import { storesQuery, useScope } from '../../api/stores.ts';
import { Action } from '../../ui/Action.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded, Waiting } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { sayDone } from '../../ui/said.tsx';
import { When } from '../../ui/When.tsx';
import { OperationsNav } from './OperationsNav.tsx';
import { Outboxes } from './Outboxes.tsx';
import { StoreSync } from './StoreSync.tsx';
import classes from './SyncPage.module.css';
import { Unreadable } from './Unreadable.tsx';

/** Is Amazon in step, store by store, and if not, why. */
const SyncPage = () => {
  const { t } = useTranslation('operations');
  const scope = useScope();
  const stores = useQuery({ ...storesQuery, refetchInterval: 5_000 });
  return (
    <Page title={t('sync.title')} about={t('sync.about')}>
      <OperationsNav />
      <ReadOnly />
      <Loaded query={stores} height={280}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('sync.none')} text={t('sync.noneText')}>
              <Link to="/setup/stores/new">{t('sync.add')}</Link>
            </Empty>
          ) : (
            <div className={classes.stores}>
              {items
                .filter(({ id }) => scope === undefined || id === scope)
                .map((store) => (
                  <StoreSync key={store.id} store={store} />
                ))}
            </div>
          )
        }
      </Loaded>
      {/* Below the stores, however many there are: not before that is known. */}
      {!stores.isPending && (
        <div className={classes.pair}>
          <Outboxes />
          <Unreadable />
        </div>
      )}
    </Page>
  );
};

/** The whole installation sends nothing: since when, by whom, and how that ends. */
const ReadOnly = () => {
  const { t } = useTranslation('operations');
  const queries = useQueryClient();
  const { data, isError } = useQuery(gateway.read('/installation'));
  const [asks, setAsks] = useState<'off' | 'on' | 'confirm'>();
  if (data === undefined) return isError ? null : <Waiting height={60} />;
  const act = async (note: string): Promise<void> => {
    if (asks === 'confirm') await done(gateway.POST('/installation/confirm', {}));
    else await done(gateway.PUT('/installation/read-only', { body: { readOnly: asks === 'on', ...(note ? { note } : {}) } }));
    await queries.invalidateQueries({ queryKey: ['amazon-gateway'] });
    sayDone(t(`readOnly.said.${asks ?? 'off'}`));
  };
  return (
    <>
      {data.readOnly ? (
        <Alert color="orange" icon={<TriangleAlert aria-hidden="true" />} title={t('readOnly.title')}>
          <Stack gap="xs">
            <span>
              {t(data.needsConfirmation ? 'readOnly.copied' : 'readOnly.byPerson', { name: data.by ?? '' })} {data.note} {data.difference}{' '}
              {data.since && <When at={data.since} as="exact" />}
            </span>
            <Group>
              <Action needs="administer" size="xs" onClick={() => setAsks(data.needsConfirmation ? 'confirm' : 'off')}>
                {t(data.needsConfirmation ? 'readOnly.confirm' : 'readOnly.off')}
              </Action>
            </Group>
          </Stack>
        </Alert>
      ) : (
        <Card>
          <Group justify="space-between">
            <span>{t('readOnly.isOff')}</span>
            <Action needs="administer" size="xs" variant="default" onClick={() => setAsks('on')}>
              {t('readOnly.on')}
            </Action>
          </Group>
        </Card>
      )}
      {asks && (
        <ConfirmDialog
          title={t(`readOnly.ask.${asks}.title`)}
          action={t(`readOnly.ask.${asks}.action`)}
          danger={asks !== 'on'}
          reason={asks === 'on' ? { label: t('readOnly.note'), required: false } : undefined}
          onConfirm={act}
          onClose={() => setAsks(undefined)}
        >
          {t(`readOnly.ask.${asks}.text`)}
        </ConfirmDialog>
      )}
    </>
  );
};

export default SyncPage;
