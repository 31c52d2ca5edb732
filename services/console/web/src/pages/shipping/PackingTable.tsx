import { Autocomplete, Button, Checkbox, Group, Progress, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem.ts';
import { done, fulfillment } from '../../api/services.ts';
import { useMay } from '../../api/session.ts';
import { meaningOf } from '../../ui/meaning.ts';
import stacked from '../../ui/Stacked.module.css';
import { Status } from '../../ui/Status.tsx';
import { sayingOf } from '../../ui/told.ts';
import { WideTable } from '../../ui/WideTable.tsx';
import classes from './PackingTable.module.css';

interface Outcome {
  readonly shipped: boolean;
  readonly why?: string;
}

/** One row for each order of the batch: scan its tracking number, and it is shipped, whole, with the carrier above. */
export const PackingTable = ({ ids }: { readonly ids: readonly string[] }) => {
  const { t } = useTranslation('shipping');
  const queries = useQueryClient();
  const may = useMay('operate');
  const table = useRef<HTMLTableElement>(null);
  const carriers = useQuery(fulfillment.read('/carriers'));
  const orders = useQueries({
    queries: ids.map((orderId) => fulfillment.read('/orders/{orderId}/shipping', { params: { path: { orderId } } })),
  });
  const [carrier, setCarrier] = useState('');
  const [handedOver, setHandedOver] = useState(true);
  const [outcomes, setOutcomes] = useState<Readonly<Record<string, Outcome>>>({});
  // Made once for each order of the batch: the same number scanned twice ships once.
  const [keys] = useState(() => new Map(ids.map((id) => [id, crypto.randomUUID()])));

  const ship = async (orderId: string, trackingNumber: string): Promise<void> => {
    const remember = (outcome: Outcome) => setOutcomes((before) => ({ ...before, [orderId]: outcome }));
    try {
      const body = { orderId, handedOver, ...(carrier ? { carrier } : {}), ...(trackingNumber ? { trackingNumber } : {}) };
      await done(fulfillment.POST('/shipments', { params: { header: { 'Idempotency-Key': keys.get(orderId) } }, body }));
      remember({ shipped: true });
      await queries.invalidateQueries({ queryKey: ['fulfillment'] });
    } catch (error) {
      keys.set(orderId, crypto.randomUUID());
      remember({ shipped: false, why: whyNot(error) });
    }
  };
  const next = (): void => table.current?.querySelector<HTMLInputElement>('input[data-tracking]:not(:disabled):placeholder-shown')?.focus();
  const gone = orders.filter(({ data }) => data?.toShip === 0).length;
  return (
    <Stack>
      <Group align="end">
        <Autocomplete
          label={t('packing.carrier')}
          description={t('packing.carrierText')}
          value={carrier}
          onChange={setCarrier}
          data={carriers.data?.items.map(({ name }) => name) ?? []}
        />
        <Checkbox
          label={t('packing.handedOver')}
          description={t('packing.handedOverText')}
          checked={handedOver}
          onChange={({ currentTarget }) => setHandedOver(currentTarget.checked)}
        />
      </Group>
      <Progress value={(gone / ids.length) * 100} aria-label={t('packing.progress')} />
      <Text size="sm" c="dimmed" role="status">
        {t('packing.done', { count: gone, of: ids.length })}
      </Text>
      <WideTable label={t('packing.title')} minWidth={720}>
        <Table ref={table} aria-label={t('packing.title')} className={stacked.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('board.order')}</Table.Th>
              <Table.Th scope="col">{t('packing.contents')}</Table.Th>
              <Table.Th scope="col">{t('packing.tracking')}</Table.Th>
              <Table.Th scope="col">{t('parcels.state')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {ids.map((orderId, index) => {
              const data = orders[index]?.data;
              const outcome = outcomes[orderId];
              const open = data !== undefined && data.toShip > 0 && data.ship.allowed && may;
              return (
                <Table.Tr key={orderId} className={classes.row} data-gone={data?.toShip === 0 || undefined}>
                  <Table.Th scope="row">
                    <Link to="/orders/$orderId" params={{ orderId }}>
                      #{data?.number ?? '…'}
                    </Link>
                  </Table.Th>
                  <Table.Td data-label={t('packing.contents')}>
                    {data?.lines
                      .filter(({ left }) => left > 0)
                      .map(({ lineId, left, sku, title }) => (
                        <div key={lineId}>
                          <strong>{left} ×</strong> {sku} <span className={classes.title}>{title}</span>
                        </div>
                      ))}
                  </Table.Td>
                  <Table.Td data-label={t('packing.tracking')}>
                    <Scan
                      label={t('packing.scan', { number: data?.number ?? '' })}
                      disabled={!open}
                      onScan={async (tracking) => {
                        await ship(orderId, tracking);
                        next();
                      }}
                    />
                  </Table.Td>
                  <Table.Td data-label={t('parcels.state')}>
                    <Standing data={data} outcome={outcome} />
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </WideTable>
    </Stack>
  );
};

/** What is wrong with the fields of the parcel, or what stands in the way of its order. */
const whyNot = (error: unknown): string => {
  const problem = problemOf(error);
  const { errors = [] } = problem.document;
  return errors.length > 0 ? errors.map(({ message }) => message).join(' ') : meaningOf(problem);
};

interface Shippable {
  readonly allowed: boolean;
  readonly code?: string | undefined;
  readonly why?: string | undefined;
}

interface StandingProps {
  readonly data: { readonly toShip: number; readonly ship: Shippable } | undefined;
  readonly outcome: Outcome | undefined;
}

const Standing = ({ data, outcome }: StandingProps) => {
  const { t } = useTranslation('shipping');
  if (outcome?.shipped || data?.toShip === 0) return <Status tone="ok">{t('packing.gone')}</Status>;
  if (outcome)
    return (
      <Status tone="stopped" sentence>
        {outcome.why}
      </Status>
    );
  if (data && !data.ship.allowed)
    return (
      <Status tone="attention" sentence>
        {sayingOf({ code: data.ship.code, words: data.ship.why ?? '' })}
      </Status>
    );
  return <Status tone="waiting">{t('packing.open')}</Status>;
};

interface ScanProps {
  readonly label: string;
  readonly disabled: boolean;
  readonly onScan: (tracking: string) => Promise<void>;
}

/** A scanner types the number and Enter. */
const Scan = ({ label, disabled, onScan }: ScanProps) => {
  const { t } = useTranslation('shipping');
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (busy) return;
        setBusy(true);
        void onScan(text.trim()).finally(() => setBusy(false));
      }}
    >
      <Group gap="xs">
        <TextInput
          data-tracking
          flex="1 1 170px"
          aria-label={label}
          placeholder={t('packing.placeholder')}
          disabled={disabled}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          autoComplete="off"
        />
        <Button type="submit" variant="default" disabled={disabled} loading={busy}>
          {t('packing.ship')}
        </Button>
      </Group>
    </form>
  );
};
