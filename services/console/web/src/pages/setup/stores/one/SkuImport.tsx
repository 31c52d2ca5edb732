import { FileButton, Stack, Table, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../../../api/problem.ts';
import { done, order } from '../../../../api/services.ts';
import { Action } from '../../../../ui/Action.tsx';
import { Card } from '../../../../ui/Card.tsx';
import { number } from '../../../../ui/format.ts';
import { ProblemNote } from '../../../../ui/ProblemNote.tsx';
import { Status } from '../../../../ui/Status.tsx';
import { WideTable } from '../../../../ui/WideTable.tsx';
import { type LineResult, linesOf } from './csv.ts';
import classes from './one.module.css';
import type { MappingTarget } from './useMappings.ts';

interface Outcome {
  readonly busy?: boolean;
  readonly file?: string;
  readonly mappings?: number;
  readonly lines?: readonly LineResult[];
  readonly error?: unknown;
}

/** As many as somebody reads. Those that are wrong come first. */
const mostShown = 100;

/** Mappings from a file, with what came of each line. */
export const SkuImport = ({ tenant }: MappingTarget) => {
  const { t } = useTranslation('stores');
  const queries = useQueryClient();
  const [outcome, setOutcome] = useState<Outcome>({});
  const read = async (file: File | null): Promise<void> => {
    if (file === null) return;
    setOutcome({ busy: true, file: file.name });
    const csv = await file.text();
    try {
      const { mappings } = await done(order.POST('/sku-map/{tenant}/imports', { params: { path: { tenant } }, body: { csv } }));
      await queries.invalidateQueries({ queryKey: ['order'] });
      setOutcome({ file: file.name, mappings, lines: linesOf(csv, []) });
    } catch (error) {
      const mistakes = (problemOf(error).document.errors ?? []).filter(({ field }) => field.startsWith('csv'));
      setOutcome({ file: file.name, ...(mistakes.length > 0 ? { lines: linesOf(csv, mistakes) } : { error }) });
    }
  };
  return (
    <Card title={t('skus.import')}>
      <Stack>
        <Text c="dimmed">{t('skus.importText')}</Text>
        <FileButton accept=".csv,text/csv,text/plain" onChange={(file) => void read(file)}>
          {(props) => (
            <Action needs="operate" variant="default" w="fit-content" loading={outcome.busy ?? false} {...props}>
              {t('skus.choose')}
            </Action>
          )}
        </FileButton>
        <div role="status">
          <Said {...outcome} />
        </div>
        {outcome.error !== undefined && <ProblemNote error={outcome.error} />}
        {outcome.lines && <LineTable lines={outcome.lines} isTaken={outcome.mappings !== undefined} />}
      </Stack>
    </Card>
  );
};

const Said = ({ busy, file, mappings, lines }: Outcome) => {
  const { t } = useTranslation('stores');
  if (busy) return t('skus.importing');
  if (mappings !== undefined) return t('skus.imported', { count: mappings, file });
  return lines && t('skus.refused', { file });
};

const LineTable = ({ lines, isTaken }: { readonly lines: readonly LineResult[]; readonly isTaken: boolean }) => {
  const { t } = useTranslation('stores');
  const shown = lines.toSorted((one, other) => Number(other.wrong !== undefined) - Number(one.wrong !== undefined)).slice(0, mostShown);
  return (
    <>
      <WideTable label={t('skus.import')} minWidth={320} maxHeight={420}>
        <Table aria-label={t('skus.import')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('skus.line')}</Table.Th>
              <Table.Th scope="col">{t('skus.text')}</Table.Th>
              <Table.Th scope="col">{t('skus.result')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map(({ line, text, wrong }) => (
              <Table.Tr key={line}>
                <Table.Th scope="row" fw={400}>
                  {number(line)}
                </Table.Th>
                <Table.Td className={classes.sku}>{text}</Table.Td>
                <Table.Td>
                  {wrong === undefined ? (
                    <Status tone="ok">{t(isTaken ? 'skus.taken' : 'skus.fine')}</Status>
                  ) : (
                    <Status tone="stopped" sentence>
                      {wrong}
                    </Status>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
      {lines.length > shown.length && <Text c="dimmed">{t('skus.shownFirst', { count: shown.length })}</Text>}
    </>
  );
};
