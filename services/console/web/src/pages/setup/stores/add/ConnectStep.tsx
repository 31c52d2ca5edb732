import { Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMarketplaces } from '../../../../api/marketplaces.ts';
import { problemOf } from '../../../../api/problem.ts';
import { done, gateway } from '../../../../api/services.ts';
import { Action } from '../../../../ui/Action.tsx';
import { Facts } from '../../../../ui/Facts.tsx';
import { country, moment } from '../../../../ui/format.ts';
import { ProblemNote } from '../../../../ui/ProblemNote.tsx';
import { sayDone } from '../../../../ui/said.tsx';
import { ConnectionTest } from '../credentials/ConnectionTest.tsx';
import { useSeesAll } from '../store.ts';
import { bodyOf, type NewStore, startOf } from './new-store.ts';
import type { StepProps } from './step.ts';
import { useTrial } from './useTrial.ts';

/** What is about to be connected, once more, and whether the account sells in the marketplaces that were chosen. */
export const ConnectStep = ({ store }: StepProps) => {
  const { t } = useTranslation('stores');
  const seesAll = useSeesAll();
  const test = useTrial(store, store.marketplaces, store.marketplaces.length > 0);
  const connect = useConnect(store);
  return (
    <Stack>
      <Summary store={store} />
      {store.marketplaces.length > 0 && <ConnectionTest test={test} />}
      <Text c="dimmed">{t('add.connect.happens')}</Text>
      {connect.error && <ProblemNote error={connect.error} />}
      <Action
        needs="administer"
        w="fit-content"
        loading={connect.isPending}
        impossible={seesAll ? undefined : t('onlyAll')}
        onClick={() => connect.mutate()}
      >
        {t('add.connect.action')}
      </Action>
    </Stack>
  );
};

const useConnect = (store: NewStore) => {
  const { t } = useTranslation('stores');
  const queries = useQueryClient();
  const navigate = useNavigate();
  // Sent again after no answer, it is the same request, to the letter: it is done once.
  const asked = useRef<{ readonly key: string; readonly body: ReturnType<typeof bodyOf> }>(undefined);
  return useMutation({
    mutationFn: () => {
      asked.current ??= { key: crypto.randomUUID(), body: bodyOf(store, new Date()) };
      const { key, body } = asked.current;
      return done(gateway.POST('/stores', { params: { header: { 'Idempotency-Key': key } }, body }));
    },
    onError: (error) => {
      if (problemOf(error).status >= 400) asked.current = undefined;
    },
    onSuccess: async ({ id, name }) => {
      await queries.invalidateQueries({ queryKey: ['amazon-gateway'] });
      sayDone(t('add.connect.done', { name }));
      await navigate({ to: '/setup/stores/$storeId', params: { storeId: id }, ignoreBlocker: true });
    },
  });
};

const Summary = ({ store }: { readonly store: NewStore }) => {
  const { t } = useTranslation('stores');
  const marketplaces = useMarketplaces();
  const start = startOf(store, new Date());
  return (
    <Facts
      facts={[
        [t('add.connect.source'), t(`add.source.${store.source}`)],
        [t('add.account.name'), store.name],
        [t('add.account.id'), store.id],
        [t('add.account.region'), t(`region.${store.region}`)],
        [t('add.account.sellerId'), store.sellerId],
        [
          t('add.scope.marketplaces'),
          store.marketplaces.length === 0
            ? t('list.all')
            : store.marketplaces.map((id) => country(marketplaces.get(id)?.country ?? id)).join(', '),
        ],
        [t('add.connect.start'), start === undefined ? t('add.scope.now') : moment(start)],
        [t('add.connect.sends'), t(store.readOnly ? 'add.connect.sendsNothing' : 'add.connect.sendsAll')],
      ]}
    />
  );
};
