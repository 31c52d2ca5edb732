import { Group, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { wordsFor } from '../../../ui/codes.ts';
import { Money } from '../../../ui/Money.tsx';
import { Status, type Tone } from '../../../ui/Status.tsx';
import { sayingOf } from '../../../ui/told.ts';
import { When } from '../../../ui/When.tsx';
import { ActionsOf } from '../ActionButton.tsx';
import type { CreditMemo, OrderFacts } from '../facts.ts';
import classes from './Money.module.css';
import { Pdf } from './Pdf.tsx';
import { Upload } from './Upload.tsx';

const tones: Readonly<Record<CreditMemo['state'], Tone>> = {
  requested: 'waiting',
  submitted: 'waiting',
  accepted: 'ok',
  refused: 'stopped',
  settled: 'ok',
};

export interface CreditMemoRowProps {
  readonly memo: CreditMemo;
  readonly facts: OrderFacts;
}

export const CreditMemoRow = ({ memo, facts }: CreditMemoRowProps) => {
  const { t } = useTranslation('order');
  const reasons: Readonly<Record<string, string>> = t('refundReason', { returnObjects: true });
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {memo.number ?? t('creditMemos.noNumber')}
        <Text size="xs" c="dimmed">
          {t(`creditMemos.kind.${memo.kind}`)}
        </Text>
      </Table.Th>
      <Table.Td data-label={t('document.requested')}>
        <When at={memo.requestedAt} zone={facts.marketplace?.timeZone} />
        <Text size="xs" c="dimmed">
          {memo.requestedBy.name}
        </Text>
      </Table.Td>
      <Table.Td data-label={t('document.reason')}>{wordsFor(reasons, memo.reason)}</Table.Td>
      <Table.Td data-label={t('creditMemos.refund')}>
        <Refund memo={memo} />
      </Table.Td>
      <Table.Td data-label={t('document.atAmazon')}>
        <Upload upload={memo.upload} />
      </Table.Td>
      <Table.Td ta="end" data-label={t('document.total')}>
        <Money minor={memo.totalMinor} currency={memo.currency} />
        {(['adjustmentRefundMinor', 'adjustmentFeeMinor'] as const).map((name) =>
          memo[name] === 0 ? null : (
            <Text key={name} size="xs" c="dimmed">
              {t(`creditMemos.${name}`)} <Money minor={memo[name]} currency={memo.currency} />
            </Text>
          ),
        )}
      </Table.Td>
      <Table.Td>
        <Group gap="xs" justify="flex-end" wrap="nowrap">
          <ActionsOf facts={facts} of="credit-memo" about={memo.creditMemoId} />
          {memo.number && <Pdf path={`/credit-memos/${memo.creditMemoId}/pdf`} number={memo.number} />}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
};

const Refund = ({ memo: { state, kind, refusal, uncertain, orderId } }: { readonly memo: CreditMemo }) => {
  const { t } = useTranslation('order');
  return (
    <>
      <Status tone={uncertain ? 'attention' : tones[state]}>
        {uncertain ? t('creditMemos.uncertain') : t(kind === 'correction' ? 'creditMemos.correction' : `creditMemos.state.${state}`)}
      </Status>
      {refusal && <p className={classes.refusal}>{t('amazonSays', { words: sayingOf(refusal), code: refusal.code })}</p>}
      {uncertain && (
        <Text size="xs">
          {sayingOf(uncertain)}{' '}
          <Link to="/ledger" search={{ orderId } as never}>
            {t('creditMemos.decide')}
          </Link>
        </Text>
      )}
    </>
  );
};
