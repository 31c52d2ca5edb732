import { Button, FileButton, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldError } from '../../api/problem.ts';
import { request } from '../../api/request.ts';
import { fulfillment } from '../../api/services.ts';
import { rowMessage } from '../../ui/field-message.ts';
import { number } from '../../ui/format.ts';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { WideTable } from '../../ui/WideTable.tsx';
import { loadWords } from '../../words/index.ts';

interface Report {
  readonly dryRun: boolean;
  readonly rows: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly problems: readonly {
    readonly row: number;
    readonly sku: string;
    readonly why: string;
    readonly problems?: readonly FieldError[];
  }[];
}

type Kind = 'products' | 'stock';

const files = { products: 'sku, title, enabled, manageStock, lowStockAt', stock: 'sku, onHand, location' } as const;

/** Products or counted stock from a CSV file: first what would happen, then it happens. */
export const StockImport = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation(['stock', 'common']);
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<{ readonly kind: Kind; readonly file: File }>();
  const [report, setReport] = useState<Report>();
  const [error, setError] = useState<unknown>();
  const send = async (kind: Kind, file: File, dryRun: boolean): Promise<void> => {
    setError(undefined);
    try {
      const answer = await request(`${fulfillment.baseUrl}/${kind}/import?dryRun=${dryRun}`, {
        method: 'POST',
        headers: { 'content-type': 'text/csv', accept: 'application/json' },
        body: file,
      });
      const [told] = await Promise.all([answer.json() as Promise<Report>, loadWords('fields')]);
      setReport(told);
      if (!dryRun) await queries.invalidateQueries({ queryKey: ['fulfillment'] });
    } catch (failure) {
      setError(failure);
    }
  };
  const choose = (kind: Kind) => (file: File | null) => {
    if (file === null) return;
    setChosen({ kind, file });
    void send(kind, file, true);
  };
  return (
    <Modal opened onClose={onClose} size="lg" title={t('import.title')} closeButtonProps={{ 'aria-label': t('common:do.close') }}>
      <Stack>
        <Text>{t('import.text')}</Text>
        <Group>
          {(['products', 'stock'] as const).map((kind) => (
            <FileButton key={kind} accept=".csv,text/csv" onChange={choose(kind)}>
              {(props) => (
                <Button {...props} variant="default">
                  {t(`import.${kind}`)}
                </Button>
              )}
            </FileButton>
          ))}
        </Group>
        <Text size="sm" c="dimmed">
          {t('import.columns', files)}
        </Text>
        {error !== undefined && <ProblemNote error={error} />}
        {report && (
          <Stack gap="xs">
            <Text role="status">
              {t(report.dryRun ? 'import.would' : 'import.did', {
                created: number(report.created),
                changed: number(report.changed),
                unchanged: number(report.unchanged),
                refused: number(report.refused),
              })}
            </Text>
            {report.problems.length > 0 && (
              <WideTable label={t('import.problems')} minWidth={420} maxHeight={320}>
                <Table aria-label={t('import.problems')}>
                  <Table.Tbody>
                    {report.problems.map(({ row, sku, ...problem }) => (
                      <Table.Tr key={row}>
                        <Table.Th scope="row">{t('import.row', { row })}</Table.Th>
                        <Table.Td>{sku}</Table.Td>
                        <Table.Td>{rowMessage(problem)}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </WideTable>
            )}
          </Stack>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:do.close')}
          </Button>
          {chosen && report?.dryRun && report.refused < report.rows && (
            <Button onClick={() => void send(chosen.kind, chosen.file, false)}>{t('import.do')}</Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
};
