import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, gateway } from '../../api/services.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

export interface StartSweepProps {
  readonly kind: 'gap' | 'backfill';
  readonly stores: readonly { readonly id: string; readonly name: string }[];
  readonly storeId: string | undefined;
  readonly onClose: () => void;
}

const dayMs = 86_400_000;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const atOf = (day: string): string => new Date(`${day}T00:00:00Z`).toISOString();

/** Asks for which store and which days, and says what it costs of Amazon's quota. */
export const StartSweep = ({ kind, stores, storeId, onClose }: StartSweepProps) => {
  const { t } = useTranslation('operations');
  const queries = useQueryClient();
  const [store, setStore] = useState(storeId ?? stores[0]?.id ?? '');
  const [from, setFrom] = useState(dayOf(Date.now() - (kind === 'gap' ? 3 : 30) * dayMs));
  const [until, setUntil] = useState('');
  const start = async (): Promise<void> => {
    const params = { path: { storeId: store } };
    const body = { from: atOf(from), ...(until ? { until: atOf(until) } : {}) };
    if (kind === 'gap') await done(gateway.POST('/stores/{storeId}/gap-sweeps', { params, body }));
    else await done(gateway.POST('/stores/{storeId}/backfills', { params, body }));
    await queries.invalidateQueries({ queryKey: ['amazon-gateway'] });
  };
  return (
    <ConfirmDialog title={t(`gaps.start.${kind}.title`)} action={t(`gaps.start.${kind}.action`)} onConfirm={start} onClose={onClose}>
      <Stack>
        <div>{t(`gaps.start.${kind}.text`)}</div>
        <NativeSelect
          label={t('store')}
          value={store}
          onChange={({ currentTarget }) => setStore(currentTarget.value)}
          data={stores.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextInput
          type="date"
          label={t('gaps.from')}
          required
          value={from}
          max={dayOf(Date.now())}
          onChange={({ currentTarget }) => setFrom(currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('gaps.until')}
          description={t('gaps.untilNow')}
          value={until}
          min={from}
          max={dayOf(Date.now())}
          onChange={({ currentTarget }) => setUntil(currentTarget.value)}
        />
      </Stack>
    </ConfirmDialog>
  );
};
