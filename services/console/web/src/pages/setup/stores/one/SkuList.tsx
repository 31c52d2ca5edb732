import { ActionIcon, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../../../api/problem.ts';
import { order } from '../../../../api/services.ts';
import { useMay } from '../../../../api/session.ts';
import { Action } from '../../../../ui/Action.tsx';
import { Card } from '../../../../ui/Card.tsx';
import { Empty } from '../../../../ui/Empty.tsx';
import { Waiting } from '../../../../ui/Loaded.tsx';
import { ProblemNote } from '../../../../ui/ProblemNote.tsx';
import { sayFailed } from '../../../../ui/said.tsx';
import { useList } from '../../../../ui/useList.ts';
import classes from './one.module.css';
import { type Mapping, type MappingTarget, useMappings } from './useMappings.ts';

/** Every mapping of the store, and a line to add one. */
export const SkuList = ({ tenant }: MappingTarget) => {
  const { t } = useTranslation(['stores', 'common']);
  const { rows, error, refetch, waiting, more } = useList((cursor) =>
    order.read('/sku-map/{tenant}', { params: { path: { tenant }, query: cursor === undefined ? {} : { cursor } } }),
  );
  return (
    <Card title={t('skus.list')}>
      <Stack>
        <Text c="dimmed">{t('skus.listText')}</Text>
        <NewMapping tenant={tenant} rows={rows} />
        {error && <ProblemNote error={error} retry={refetch} />}
        {waiting && <Waiting height={120} />}
        {!waiting && !error && rows.length === 0 && <Empty title={t('skus.none')} text={t('skus.noneText')} />}
        {rows.length > 0 && <MappingTable tenant={tenant} rows={rows} />}
        {more.has && (
          <Button variant="default" loading={more.loading} onClick={() => void more.load()}>
            {t('common:do.more')}
          </Button>
        )}
      </Stack>
    </Card>
  );
};

interface RowsProps extends MappingTarget {
  readonly rows: readonly Mapping[];
}

const MappingTable = ({ tenant, rows }: RowsProps) => {
  const { t } = useTranslation('stores');
  const { remove } = useMappings(tenant);
  const may = useMay('operate');
  return (
    <Table aria-label={t('skus.list')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('skus.theirs')}</Table.Th>
          <Table.Th scope="col">{t('skus.ours')}</Table.Th>
          <Table.Td />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.sellerSku}>
            <Table.Th scope="row" fw={400} className={classes.sku}>
              {row.sellerSku}
            </Table.Th>
            <Table.Td className={classes.sku}>{row.sku}</Table.Td>
            <Table.Td ta="end">
              {may && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('skus.removeOne', { theirs: row.sellerSku })}
                  onClick={() => void remove(row).catch(sayFailed)}
                >
                  <Trash2 size={16} aria-hidden="true" />
                </ActionIcon>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
};

const isSku = (text: string): boolean => text.trim().length > 0 && text.trim().length <= 100;

const NewMapping = ({ tenant, rows }: RowsProps) => {
  const { t } = useTranslation('stores');
  const { add } = useMappings(tenant);
  const first = useRef<HTMLInputElement>(null);
  const [theirs, setTheirs] = useState('');
  const [ours, setOurs] = useState('');
  const [outcome, setOutcome] = useState<{ readonly tried?: boolean; readonly busy?: boolean; readonly error?: unknown }>({});
  const errors = outcome.error === undefined ? [] : (problemOf(outcome.error).document.errors ?? []);
  const mistake = (field: 'sellerSku' | 'sku', text: string): string | undefined =>
    outcome.tried && !isSku(text) ? t('skus.wrong') : errors.find((one) => one.field.endsWith(field))?.message;
  const submit = async (): Promise<void> => {
    setOutcome({ tried: true });
    if (!isSku(theirs) || !isSku(ours)) return;
    const mapping = { sellerSku: theirs.trim(), sku: ours.trim() };
    setOutcome({ busy: true });
    try {
      await add(
        mapping,
        rows.find(({ sellerSku }) => sellerSku === mapping.sellerSku),
      );
      setTheirs('');
      setOurs('');
      setOutcome({});
      first.current?.focus();
    } catch (error) {
      setOutcome({ error });
    }
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!outcome.busy) void submit();
      }}
    >
      <Group align="start">
        <TextInput
          ref={first}
          label={t('skus.theirs')}
          value={theirs}
          maxLength={100}
          autoComplete="off"
          onChange={({ currentTarget: { value } }) => setTheirs(value)}
          error={mistake('sellerSku', theirs)}
        />
        <TextInput
          label={t('skus.ours')}
          value={ours}
          maxLength={100}
          autoComplete="off"
          onChange={({ currentTarget: { value } }) => setOurs(value)}
          error={mistake('sku', ours)}
        />
        <Action needs="operate" type="submit" mt={24} loading={outcome.busy ?? false}>
          {t('skus.add')}
        </Action>
      </Group>
      {outcome.error !== undefined && errors.length === 0 && <ProblemNote error={outcome.error} />}
    </form>
  );
};
