import { AppError } from '@orderbus/kernel';
import { marketplaceOf } from './marketplaces.ts';
import type { Canceller, Change, FulfillmentStatus, WorldLine, WorldOrder, WorldPackage } from './order.ts';
import { createRandom } from './random.ts';

type Outcome = FulfillmentStatus | 'same' | 'counted' | 'no';

/** `counted`: PARTIALLY_SHIPPED or SHIPPED, depending on what is left. `no`: refused. */
export const lifecycle = {
  PENDING_AVAILABILITY: row({ 'become-available': 'PENDING', cancel: 'CANCELLED' }),
  PENDING: row({ release: 'UNSHIPPED', cancel: 'CANCELLED', 'request-cancellation': 'same' }),
  UNSHIPPED: row({ ship: 'counted', cancel: 'CANCELLED', 'request-cancellation': 'same', 'declare-unfulfillable': 'UNFULFILLABLE' }),
  PARTIALLY_SHIPPED: row({ ship: 'counted', 'request-cancellation': 'same' }),
  SHIPPED: row({}),
  CANCELLED: row({}),
  UNFULFILLABLE: row({ cancel: 'CANCELLED' }),
} as const satisfies Record<FulfillmentStatus, Record<Change['type'], Outcome>>;

/** Can this happen to the order now? A single piece cannot be shipped in part. */
export const allows = (order: WorldOrder, change: Change): boolean =>
  lifecycle[order.status][change.type] !== 'no' && !(change.type === 'ship' && change.part === 'some' && piecesLeft(order) < 2);

/**
 * The order after the change. Its lastUpdatedTime grows with every change, by at least a millisecond.
 * @throws AppError `conflict` when the lifecycle refuses.
 */
export const evolve = (order: WorldOrder, change: Change, at: number): WorldOrder => {
  if (!allows(order, change)) {
    throw new AppError('conflict', 'sandbox.order-cannot-change', {
      orderId: order.orderId,
      status: order.status,
      change: change.type,
    });
  }
  return { ...apply(order, change, at), lastUpdatedTime: Math.max(at, order.lastUpdatedTime + 1) };
};

/** The changes that lead from one status to another, if any do. */
export const changesTo = (order: WorldOrder, status: FulfillmentStatus, by: Canceller = 'AMAZON'): Change[] | undefined => {
  const here = paths[status](by);
  const first = here.findIndex((change) => lifecycle[order.status][change.type] !== 'no');
  return first === -1 ? undefined : here.slice(first);
};

function row(outcomes: Partial<Record<Change['type'], Outcome>>): Record<Change['type'], Outcome> {
  const refused = { 'become-available': 'no', release: 'no', ship: 'no', cancel: 'no' } as const;
  return { ...refused, 'declare-unfulfillable': 'no', 'request-cancellation': 'no', 'lay-over': 'same', ...outcomes };
}

const toUnshipped: readonly Change[] = [{ type: 'become-available' }, { type: 'release' }];

const paths: Record<FulfillmentStatus, (by: Canceller) => Change[]> = {
  PENDING_AVAILABILITY: () => [],
  PENDING: () => [{ type: 'become-available' }],
  UNSHIPPED: () => [...toUnshipped],
  PARTIALLY_SHIPPED: () => [...toUnshipped, { type: 'ship', part: 'some' }],
  SHIPPED: () => [...toUnshipped, { type: 'ship', part: 'rest' }],
  CANCELLED: (by) => [{ type: 'cancel', by, reason: cancelReasons[by] }],
  UNFULFILLABLE: () => [...toUnshipped, { type: 'declare-unfulfillable' }],
};

const cancelReasons: Record<Canceller, string> = {
  BUYER: 'CHANGED_MIND',
  MERCHANT: 'NO_INVENTORY',
  AMAZON: 'PAYMENT_NOT_AUTHORIZED',
};

const apply = (order: WorldOrder, change: Change, at: number): WorldOrder => {
  switch (change.type) {
    case 'become-available':
      return { ...order, status: 'PENDING' };
    case 'release':
      return { ...order, status: 'UNSHIPPED' };
    case 'declare-unfulfillable':
      return { ...order, status: 'UNFULFILLABLE' };
    case 'ship':
      return ship(order, change.part, at);
    case 'cancel': {
      const cancelled = { by: change.by, reason: change.reason };
      return { ...order, status: 'CANCELLED', lines: order.lines.map((line) => ({ ...line, cancelled })) };
    }
    case 'request-cancellation':
      return { ...order, lines: order.lines.map((line) => ({ ...line, cancellationRequest: change.reason })) };
    case 'lay-over': {
      const { raw: _before, ...plain } = order;
      return change.raw === null ? plain : { ...plain, raw: change.raw };
    }
  }
};

const ship = (order: WorldOrder, part: 'some' | 'rest', at: number): WorldOrder => {
  const open = order.lines.filter((line) => line.shipped < line.quantity);
  const leaving = new Map((part === 'some' ? someOf(open) : open.map(wholeLine)).map((item) => [item.orderItemId, item.quantity]));
  const lines = order.lines.map((line) => ({ ...line, shipped: line.shipped + (leaving.get(line.orderItemId) ?? 0) }));
  const items = [...leaving].map(([orderItemId, quantity]) => ({ orderItemId, quantity }));
  return {
    ...order,
    lines,
    status: lines.every((line) => line.shipped === line.quantity) ? 'SHIPPED' : 'PARTIALLY_SHIPPED',
    packages: order.fulfilledBy === 'MERCHANT' ? [...order.packages, packageFor(order, items, at)] : order.packages,
  };
};

const wholeLine = (line: WorldLine) => ({ orderItemId: line.orderItemId, quantity: line.quantity - line.shipped });

const piecesLeft = ({ lines }: WorldOrder): number => lines.reduce((sum, line) => sum + line.quantity - line.shipped, 0);

/** The first line, if others stay behind; else all but one piece. */
const someOf = (open: readonly WorldLine[]): WorldPackage['items'] =>
  open.slice(0, 1).map((line) => ({ ...wholeLine(line), quantity: wholeLine(line).quantity - (open.length > 1 ? 0 : 1) }));

const carriers: Readonly<Record<string, readonly [carrier: string, service: string]>> = {
  US: ['UPS', 'UPS Ground'],
  CA: ['Canada Post', 'Expedited Parcel'],
  MX: ['Estafeta', 'Terrestre'],
  DE: ['DHL', 'DHL Paket'],
  FR: ['Colissimo', 'Colissimo Domicile'],
  GB: ['Royal Mail', 'Tracked 48'],
  IT: ['Poste Italiane', 'Crono'],
  ES: ['Correos', 'Paq Estándar'],
  JP: ['Yamato Transport', 'TA-Q-BIN'],
};

const packageFor = (order: WorldOrder, items: WorldPackage['items'], at: number): WorldPackage => {
  const referenceId = String(order.packages.length + 1);
  const [carrier, service] = carriers[marketplaceOf(order.marketplaceId)?.country ?? 'US'] ?? ['UPS', 'UPS Ground'];
  const random = createRandom(`${order.orderId}/${referenceId}`);
  return { referenceId, shippedAt: at, carrier, service, trackingNumber: `TEST${random.digits(12)}`, items };
};
