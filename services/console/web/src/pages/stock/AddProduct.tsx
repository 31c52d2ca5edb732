import { NumberInput, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, fulfillment } from '../../api/services.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

/** A product, and what is on the shelf of it: orders that waited for it get their units at once. */
export const AddProduct = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation('stock');
  const queries = useQueryClient();
  const [sku, setSku] = useState('');
  const [title, setTitle] = useState('');
  const [units, setUnits] = useState<number | string>(0);
  const add = async (): Promise<void> => {
    await done(fulfillment.PUT('/products', { body: [{ sku: sku.trim(), title: title.trim() }] }));
    await done(fulfillment.PUT('/stock', { body: [{ sku: sku.trim(), onHand: Number(units) }] }));
    await queries.invalidateQueries({ queryKey: ['fulfillment'] });
  };
  return (
    <ConfirmDialog title={t('add.title')} action={t('add.action')} onConfirm={add} onClose={onClose}>
      <Stack>
        <div>{t('add.text')}</div>
        <TextInput label={t('sku')} required data-autofocus value={sku} onChange={({ currentTarget }) => setSku(currentTarget.value)} />
        <TextInput label={t('product')} required value={title} onChange={({ currentTarget }) => setTitle(currentTarget.value)} />
        <NumberInput label={t('onHand')} min={0} allowDecimal={false} required value={units} onChange={setUnits} />
      </Stack>
    </ConfirmDialog>
  );
};
