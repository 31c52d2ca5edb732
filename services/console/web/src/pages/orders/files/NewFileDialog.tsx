import { Alert, Button, Checkbox, Group, Modal, SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../api/session.ts';
import { number } from '../../../ui/format.ts';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import classes from './files.module.css';
import { buyerColumns, download, type FileColumn, fileColumns, formats, isAboutBuyer, type WantedFile } from './files.ts';
import type { ListedOrders } from './listed-orders.ts';

export interface NewFileDialogProps extends ListedOrders {
  readonly askFor: (wanted: WantedFile, key: string) => Promise<void>;
  readonly close: () => void;
}

/** Exactly what the list is narrowed to, with the columns that somebody wants. */
export const NewFileDialog = ({ filters, sort, shown, count, askFor, close }: NewFileDialogProps) => {
  const { t } = useTranslation(['orders', 'common']);
  const maySeeBuyers = useMay('see-buyer-data');
  const [key] = useState(() => crypto.randomUUID());
  const [format, setFormat] = useState('xlsx');
  const [chosen, setChosen] = useState<readonly string[]>(() => columnsShown(shown));
  const [agreed, setAgreed] = useState(false);
  const [state, setState] = useState<{ readonly busy: boolean; readonly error?: unknown }>({ busy: false });
  const columns = [...fileColumns, ...buyerColumns].filter((column) => chosen.includes(column));
  const aboutBuyers = columns.some(isAboutBuyer);
  const ready = columns.length > 0 && (!aboutBuyers || agreed);
  const submit = async (): Promise<void> => {
    const wanted: WantedFile = { filters, sort, columns, format: formats.find((one) => one === format) ?? 'csv' };
    setState({ busy: true });
    try {
      await (aboutBuyers ? download(wanted) : askFor(wanted, key));
      close();
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <Modal opened onClose={close} size="lg" title={t('files.new')} closeButtonProps={{ 'aria-label': t('common:do.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !state.busy) void submit();
        }}
      >
        <Stack>
          <p>{count === undefined ? t('files.about') : t('files.aboutCount', { count, shown: number(count) })}</p>
          <SegmentedControl
            aria-label={t('files.format')}
            value={format}
            onChange={setFormat}
            data={[
              { value: 'xlsx', label: 'Excel (XLSX)' },
              { value: 'csv', label: 'CSV' },
            ]}
          />
          <Checkbox.Group label={t('files.columns')} value={[...chosen]} onChange={setChosen}>
            <Choices columns={fileColumns} />
          </Checkbox.Group>
          <Checkbox.Group
            label={t('files.buyers')}
            description={maySeeBuyers ? t('files.buyersHint') : t('common:mayNot', { permission: 'see-buyer-data' })}
            value={[...chosen]}
            onChange={setChosen}
          >
            <Choices columns={buyerColumns} disabled={!maySeeBuyers} />
          </Checkbox.Group>
          {aboutBuyers && (
            <Alert color="yellow" variant="light" title={t('files.purposeTitle')}>
              <Checkbox label={t('files.purpose')} checked={agreed} onChange={({ currentTarget: { checked } }) => setAgreed(checked)} />
            </Alert>
          )}
          {state.error !== undefined && <ProblemNote error={state.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common:do.cancel')}
            </Button>
            <Button type="submit" disabled={!ready} loading={state.busy}>
              {aboutBuyers ? t('common:do.download') : t('files.write')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};

const Choices = ({ columns, disabled = false }: { readonly columns: readonly FileColumn[]; readonly disabled?: boolean }) => {
  const { t } = useTranslation('orders');
  return (
    <div className={classes.columns}>
      {columns.map((column) => (
        <Checkbox key={column} value={column} label={t(`fileColumn.${column}`)} disabled={disabled} />
      ))}
    </div>
  );
};

/** What the list shows; a total without its currency says nothing. */
const columnsShown = (shown: readonly string[]): string[] =>
  fileColumns.filter((column) => shown.includes(column) || (column === 'currency' && shown.includes('total')));
