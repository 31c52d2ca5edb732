import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/Card.tsx';
import { wordsFor } from '../../../ui/codes.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import stacked from '../../../ui/Stacked.module.css';
import { When } from '../../../ui/When.tsx';
import { WideTable } from '../../../ui/WideTable.tsx';
import { ActionButton } from '../ActionButton.tsx';
import { actions } from '../actions/index.ts';
import type { Return } from '../facts.ts';
import type { OrderTabProps } from '../tab-props.ts';
import { returnsQuery } from './returns.ts';

/** What came back. */
export const ReturnsCard = ({ facts }: OrderTabProps) => {
  const { t } = useTranslation('order');
  const { order, marketplace } = facts;
  const returns = useQuery(returnsQuery(order.id));
  return (
    <Card
      title={t('returns.title')}
      actions={actions
        .filter(({ id }) => id === 'return')
        .map((action) => <ActionButton key={action.id} action={action} facts={facts} size="compact-sm" variant="default" />)}
    >
      <Loaded query={returns} height={48}>
        {({ items }) =>
          items.length === 0 ? <Text c="dimmed">{t('returns.none')}</Text> : <ReturnTable returns={items} zone={marketplace?.timeZone} />
        }
      </Loaded>
    </Card>
  );
};

const ReturnTable = ({ returns, zone }: { readonly returns: readonly Return[]; readonly zone: string | undefined }) => {
  const { t } = useTranslation('order');
  const reasons: Readonly<Record<string, string>> = t('refundReason', { returnObjects: true });
  return (
    <WideTable label={t('returns.title')} minWidth={640}>
      <Table className={stacked.table}>
        <Table.Thead>
          <Table.Tr>
            {(['received', 'units', 'reason', 'refund', 'by'] as const).map((name) => (
              <Table.Th key={name} scope="col">
                {t(`returns.${name}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {returns.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td data-label={t('returns.received')}>
                <When at={one.receivedAt} zone={zone} />
              </Table.Td>
              <Table.Td data-label={t('returns.units')}>
                {one.lines.map((line) => (
                  <div key={line.lineId}>
                    {t('returns.line', { quantity: line.quantity, title: line.title, condition: t(`condition.${line.condition}`) })}
                    {line.restocked && ` · ${t('returns.restocked')}`}
                  </div>
                ))}
              </Table.Td>
              <Table.Td data-label={t('returns.reason')}>{wordsFor(reasons, one.reason)}</Table.Td>
              <Table.Td data-label={t('returns.refund')}>{t(one.refund ? 'returns.refunded' : 'returns.notRefunded')}</Table.Td>
              <Table.Td data-label={t('returns.by')}>{one.actor.name}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
};
