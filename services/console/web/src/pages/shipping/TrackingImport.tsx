import { Button, FileButton, Group, Stack, Table, Text, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldError } from '../../api/problem.ts';
import { request } from '../../api/request.ts';
import { fulfillment } from '../../api/services.ts';
import { useScope } from '../../api/stores.ts';
import { Action } from '../../ui/Action.tsx';
import { Card } from '../../ui/Card.tsx';
import { rowMessage } from '../../ui/field-message.ts';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import stacked from '../../ui/Stacked.module.css';
import { Status } from '../../ui/Status.tsx';
import { WideTable } from '../../ui/WideTable.tsx';
import { loadWords } from '../../words/index.ts';
import { csvOf } from './csv.ts';

interface Row {
  readonly row: number;
  readonly order?: string;
  readonly tracking?: string;
  readonly outcome: 'shipped' | 'unchanged' | 'refused';
  readonly why?: string;
  readonly problems?: readonly FieldError[];
}

interface Report {
  readonly dryRun: boolean;
  readonly parcels: { readonly shipped: number; readonly unchanged: number };
  readonly rows: readonly Row[];
}

const tones = { shipped: 'ok', unchanged: 'quiet', refused: 'stopped' } as const;

/** Tracking numbers from a file or pasted from a spreadsheet: first what would happen, then it happens. */
export const TrackingImport = () => {
  const { t } = useTranslation('shipping');
  const queries = useQueryClient();
  const tenant = useScope();
  const [text, setText] = useState('');
  const [report, setReport] = useState<Report>();
  const [state, setState] = useState<{ readonly busy: boolean; readonly error?: unknown }>({ busy: false });
  const send = async (dryRun: boolean): Promise<void> => {
    setState({ busy: true });
    try {
      const query = new URLSearchParams({ dryRun: String(dryRun), ...(tenant ? { tenant } : {}) });
      const answer = await request(`${fulfillment.baseUrl}/shipments/import?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        body: csvOf(text),
      });
      const [told] = await Promise.all([answer.json() as Promise<Report>, loadWords('fields')]);
      setReport(told);
      setState({ busy: false });
      if (!dryRun) await queries.invalidateQueries({ queryKey: ['fulfillment'] });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  const change = (next: string): void => {
    setText(next);
    setReport(undefined);
  };
  const tried = report?.dryRun === true;
  return (
    <Card title={t('import.title')}>
      <Stack>
        <Textarea
          label={t('import.text')}
          description={t('import.columns')}
          placeholder={'order;sku;quantity;carrier;tracking\n100000482;MUG-BLUE;1;DHL;00340434161094042557'}
          autosize
          minRows={3}
          maxRows={12}
          value={text}
          onChange={({ currentTarget }) => change(currentTarget.value)}
        />
        <Group>
          <FileButton accept=".csv,text/csv" onChange={(file) => void file?.text().then(change)}>
            {(props) => (
              <Button {...props} variant="default">
                {t('import.file')}
              </Button>
            )}
          </FileButton>
          <Action
            needs="operate"
            variant={tried ? 'default' : 'filled'}
            loading={state.busy}
            impossible={text.trim() ? undefined : t('import.empty')}
            onClick={() => void send(true)}
          >
            {t('import.try')}
          </Action>
          <Action
            needs="operate"
            loading={state.busy}
            impossible={tried ? undefined : t('import.tryFirst')}
            onClick={() => void send(false)}
          >
            {t('import.do')}
          </Action>
        </Group>
        {state.error !== undefined && <ProblemNote error={state.error} />}
        {report && (
          <>
            <Text role="status">
              {t(report.dryRun ? 'import.would' : 'import.did', { count: report.parcels.shipped, same: report.parcels.unchanged })}
            </Text>
            <WideTable label={t('import.title')} minWidth={560} maxHeight={400}>
              <Table aria-label={t('import.title')} className={stacked.table}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th scope="col">{t('import.row')}</Table.Th>
                    <Table.Th scope="col">{t('board.order')}</Table.Th>
                    <Table.Th scope="col">{t('packing.tracking')}</Table.Th>
                    <Table.Th scope="col">{t('parcels.state')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {report.rows.map(({ row, order, tracking, outcome, ...told }) => (
                    <Table.Tr key={row}>
                      <Table.Th scope="row">{row}</Table.Th>
                      <Table.Td data-label={t('board.order')}>{order}</Table.Td>
                      <Table.Td data-label={t('packing.tracking')}>{tracking}</Table.Td>
                      <Table.Td data-label={t('parcels.state')}>
                        <Status tone={tones[outcome]} sentence>
                          {t(`import.${outcome}`)} {rowMessage(told)}
                        </Status>
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </WideTable>
          </>
        )}
      </Stack>
    </Card>
  );
};
