import { Button, Code, Group, SegmentedControl, Stack, Table } from '@mantine/core';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session.ts';
import { Action } from '../../ui/Action.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { choiceFilter, useSearchChange } from '../../ui/filters.tsx';
import { Waiting } from '../../ui/Loaded.tsx';
import { OrderLink } from '../../ui/OrderLink.tsx';
import { useOrderNames } from '../../ui/order-names.ts';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import stacked from '../../ui/Stacked.module.css';
import { sayDone } from '../../ui/said.tsx';
import { letterReason } from '../../ui/told.ts';
import { When } from '../../ui/When.tsx';
import { discard, type Letter, lettersOf, type Pile, pilesOf, redrive, serviceNames } from './dead-letters.ts';
import { OperationsNav } from './OperationsNav.tsx';

const statuses = ['open', 'redriven', 'discarded'] as const;

/** Messages that could not be handled, in piles: mended together, sent again together, or discarded with a reason. */
const DeadLettersPage = () => {
  const { t } = useTranslation('operations');
  const change = useSearchChange();
  const may = useMay('administer');
  const { letters: asked, service: wanted } = useSearch({ strict: false }) as { letters?: Letter['status']; service?: string };
  const status = statuses.find((one) => one === asked) ?? 'open';
  const only = serviceNames.find((one) => one === wanted);
  const asksOf = only === undefined ? serviceNames : [only];
  const answers = useQueries({ queries: asksOf.map((name) => ({ ...lettersOf(name, status), enabled: may })) });
  const piles = pilesOf(
    answers.flatMap(({ data }, index) =>
      (data ?? []).flatMap((letter) => {
        const service = asksOf[index];
        return service === undefined ? [] : [{ service, letter }];
      }),
    ),
  );
  const orderName = useOrderNames(piles.flatMap(({ letters }) => letters.map(({ key }) => key).filter(isId)));
  return (
    <Page title={t('letters.title')} about={t('letters.about')}>
      <OperationsNav />
      <SegmentedControl
        aria-label={t('letters.status')}
        value={status}
        onChange={(chosen) => change({ letters: chosen === 'open' ? undefined : chosen })}
        data={statuses.map((one) => ({ value: one, label: t(`letters.${one}`) }))}
        style={{ alignSelf: 'start' }}
      />
      {may && (
        <FilterBar
          filters={[
            choiceFilter({
              ...{ id: 'service', label: t('letters.service'), value: only, change },
              choices: serviceNames.map((one) => [one, one] as const),
            }),
          ]}
        />
      )}
      {!may && <Empty title={t('letters.mayNot')} />}
      {answers.map(({ error, refetch }, index) => error && <ProblemNote key={asksOf[index]} error={error} retry={refetch} />)}
      {may && piles.length === 0 && answers.some(({ isPending }) => isPending) && <Waiting height={240} />}
      {piles.map((pile) => (
        <PileCard key={pile.id} pile={pile} open={status === 'open'} orderName={orderName} />
      ))}
      {may && piles.length === 0 && answers.every(({ isSuccess }) => isSuccess) && (
        <Empty title={t(`letters.none.${status}`)} text={t('letters.noneText')} />
      )}
    </Page>
  );
};

const firstShown = 5;

/** Other keys are those of stores and products. */
const isId = (key: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(key);

const PileCard = ({
  pile: { service, topic, reason, cause, letters, firstAt, lastAt },
  open,
  orderName,
}: {
  readonly pile: Pile;
  readonly open: boolean;
  readonly orderName: (id: string) => string;
}) => {
  const { t } = useTranslation('operations');
  const queries = useQueryClient();
  const [all, setAll] = useState(false);
  const [asks, setAsks] = useState<'redrive' | 'discard'>();
  const each = async (act: (letter: Letter) => Promise<unknown>): Promise<void> => {
    const results = await Promise.allSettled(letters.map(act));
    await queries.invalidateQueries({ queryKey: [service, '/dead-letters'] });
    const failed = results.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    sayDone(t(asks === 'discard' ? 'letters.discardedN' : 'letters.redrivenN', { count: letters.length }));
  };
  return (
    <Card
      title={t('letters.pile', { count: letters.length, service, topic })}
      actions={
        open && (
          <>
            <Action needs="administer" size="compact-sm" onClick={() => setAsks('redrive')}>
              {t('letters.redrive')}
            </Action>
            <Action needs="administer" size="compact-sm" variant="default" onClick={() => setAsks('discard')}>
              {t('letters.discard')}
            </Action>
          </>
        )
      }
    >
      <Stack gap="sm">
        {letterReason(reason)}
        {cause !== undefined && (
          <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {cause}
          </Code>
        )}
        <Group gap="xs">
          {t('letters.between')} <When at={firstAt} /> – <When at={lastAt} />
        </Group>
        <Table aria-label={t('letters.title')} className={stacked.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('letters.key')}</Table.Th>
              <Table.Th scope="col">{t('letters.message')}</Table.Th>
              <Table.Th scope="col">{t('ledger.attempts')}</Table.Th>
              <Table.Th scope="col">{t('letters.deadAt')}</Table.Th>
              {!open && <Table.Th scope="col">{t('letters.by')}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(all ? letters : letters.slice(0, firstShown)).map((letter) => (
              <Table.Tr key={letter.id}>
                <Table.Td data-label={t('letters.key')}>
                  <OrderLink reference={letter.key}>{isId(letter.key) ? orderName(letter.key) : letter.key}</OrderLink>
                </Table.Td>
                <Table.Td data-label={t('letters.message')}>
                  <Code>{letter.messageId}</Code>
                </Table.Td>
                <Table.Td data-label={t('ledger.attempts')}>{letter.attempts}</Table.Td>
                <Table.Td data-label={t('letters.deadAt')}>
                  <When at={letter.deadAt} />
                </Table.Td>
                {!open && (
                  <Table.Td data-label={t('letters.by')}>
                    {letter.resolvedBy} {letter.resolutionNote}
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {letters.length > firstShown && !all && (
          <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
            {t('letters.showAll', { count: letters.length })}
          </Button>
        )}
      </Stack>
      {asks && (
        <ConfirmDialog
          title={t(`letters.ask.${asks}.title`, { count: letters.length })}
          action={t(`letters.${asks}`)}
          danger={asks === 'discard'}
          reason={asks === 'discard' ? { label: t('letters.why'), required: true } : undefined}
          onConfirm={(reason) => each((letter) => (asks === 'discard' ? discard(service, letter.id, reason) : redrive(service, letter.id)))}
          onClose={() => setAsks(undefined)}
        >
          {t(`letters.ask.${asks}.text`, { service })}
        </ConfirmDialog>
      )}
    </Card>
  );
};

export default DeadLettersPage;
