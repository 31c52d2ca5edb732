import { marketplaceOf } from './marketplaces.ts';
import type { PackageProgress, Pieces, PlannedStep, WorldLine, WorldOrder, WorldPackage } from './order.ts';
import { countedStatus, leftOf, quantitiesOf, restOf } from './quantities.ts';
import { createRandom } from './random.ts';

/** Pieces leave with a carrier of this country: Amazon's warehouse, or a merchant at work in Seller Central. */
export const ship = (order: WorldOrder, part: 'some' | 'rest', at: number): WorldOrder => {
  const leaving = part === 'some' ? someOf(order) : restOf(order);
  if (order.fulfilledBy === 'AMAZON') return hand(order, leaving);
  return pack(order, packageFor(order, leaving, at));
};

/** Puts a package into the order, or in the place of the one with the same reference: that one gives its pieces back first. */
export const pack = (order: WorldOrder, added: WorldPackage): WorldOrder => {
  const before = order.packages.find(({ referenceId }) => referenceId === added.referenceId);
  const opened = before ? moved(order, before.items, -1) : order;
  const packages = before ? order.packages.map((each) => (each === before ? added : each)) : [...order.packages, added];
  return { ...counted(moved(opened, added.items, 1)), packages };
};

/** Pieces leave without a package: the buyer takes them along, or Amazon ships them. */
export const hand = (order: WorldOrder, items: readonly Pieces[]): WorldOrder => counted(moved(order, items, 1));

export const movePackage = (order: WorldOrder, referenceId: string, to: PackageProgress): WorldOrder => ({
  ...order,
  packages: order.packages.map((each) => (each.referenceId === referenceId ? { ...each, progress: to } : each)),
});

/** The plan, and how the packages travel that the change has added. */
export const withTransit = (before: WorldOrder, after: WorldOrder, plan: readonly PlannedStep[], at: number): readonly PlannedStep[] => {
  const known = new Set(before.packages.map(({ referenceId }) => referenceId));
  const added = after.packages.filter(({ referenceId }) => !known.has(referenceId));
  if (added.length === 0) return plan;
  return [...plan, ...added.flatMap((each) => transitOf(after, each, at))].sort((a, b) => a.at - b.at);
};

/** How a package travels by itself. A carrier takes days; here it takes minutes. */
const transitOf = ({ orderId }: WorldOrder, { referenceId }: WorldPackage, from: number): PlannedStep[] => {
  const random = createRandom(`${orderId}/${referenceId}/transit`);
  const underwayAt = from + random.int(60_000, 180_000);
  const step = (at: number, to: PackageProgress): PlannedStep => ({ at, change: { type: 'move-package', referenceId, to } });
  return [step(underwayAt, 'IN_TRANSIT'), step(underwayAt + random.int(600_000, 1_500_000), 'DELIVERED')];
};

const moved = (order: WorldOrder, items: readonly Pieces[], sign: 1 | -1): WorldOrder => {
  const quantities = quantitiesOf(items);
  const shift = (line: WorldLine): WorldLine => ({ ...line, shipped: line.shipped + sign * (quantities.get(line.orderItemId) ?? 0) });
  return { ...order, lines: order.lines.map(shift) };
};

const counted = (order: WorldOrder): WorldOrder => ({ ...order, status: countedStatus(order.lines) });

/** The first line, if others stay behind; else all but one piece. */
const someOf = (order: WorldOrder): Pieces[] => {
  const open = order.lines.filter((line) => leftOf(line) > 0);
  return open.slice(0, 1).map((line) => ({ orderItemId: line.orderItemId, quantity: leftOf(line) - (open.length > 1 ? 0 : 1) }));
};

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

const packageFor = (order: WorldOrder, items: readonly Pieces[], at: number): WorldPackage => {
  const referenceId = nextReference(order);
  const [carrier, service] = carriers[marketplaceOf(order.marketplaceId)?.country ?? 'US'] ?? ['UPS', 'UPS Ground'];
  const random = createRandom(`${order.orderId}/${referenceId}`);
  return { referenceId, shippedAt: at, carrier, service, trackingNumber: `TEST${random.digits(12)}`, items };
};

/** A number that no package of the order has yet. */
export const nextReference = ({ packages }: WorldOrder): string =>
  String(packages.reduce((highest, { referenceId }) => Math.max(highest, Number(referenceId)), 0) + 1);
