import type { PackedItem, WorldLine, WorldOrder, WorldPackage } from '../world/order.ts';
import { leftOf } from '../world/quantities.ts';
import { type Decision, nothing, WriteRefused } from './decision.ts';

/**
 * A package that the seller says to have shipped. The same reference as before edits that package: what it held may be used again.
 * @throws WriteRefused
 */
export const decideShipment = (order: WorldOrder, told: WorldPackage, now: number): Decision => {
  refuseOrder(order);
  const before = order.packages.find(({ referenceId }) => referenceId === told.referenceId);
  if (!before && order.status === 'SHIPPED') {
    throw new WriteRefused('PackageToUpdateNotFound: not finding a matching package or order already fulfilled.');
  }
  refuseTime(order, told.shippedAt, now);
  refuseItems(order, told, before);
  const packed = { ...told, confirmedAt: before ? (before.confirmedAt ?? before.shippedAt) : now, ...progressOf(before) };
  const packageReference = told.referenceId;
  if (before && isSame(before, packed)) return { ...nothing, packageReference };
  return { effect: before ? 'edited' : 'created', changes: [{ type: 'pack', package: packed }], packageReference };
};

const refuseOrder = ({ channel, fulfilledBy, programs, status }: WorldOrder): void => {
  if (channel) throw new WriteRefused('The order was not placed on Amazon.');
  if (fulfilledBy === 'AMAZON')
    throw new WriteRefused('The order is fulfilled by Amazon (AFN); its shipment cannot be confirmed by the seller.');
  if (programs.includes('FBM_SHIP_PLUS')) throw new WriteRefused('The order is a Ship+ order; buying its label confirms the shipment.');
  if (programs.includes('IN_STORE_PICK_UP')) throw new WriteRefused('The order is picked up in store; use updateShipmentStatus.');
  if (!shippable.has(status)) throw new WriteRefused(`The order cannot be shipped: its status is ${status}.`);
};

/** With SHIPPED, a package can still be edited. */
const shippable = new Set<string>(['UNSHIPPED', 'PARTIALLY_SHIPPED', 'SHIPPED']);

const refuseTime = (order: WorldOrder, shippedAt: number, now: number): void => {
  if (Number.isNaN(shippedAt)) throw new WriteRefused('ShipDate is invalid, must be a date-time in ISO 8601 format.');
  if (shippedAt > now) throw new WriteRefused('ShipDate is invalid, must not be in the future.');
  if (shippedAt < order.createdTime) throw new WriteRefused('ShipDate is invalid, must not be before the purchase.');
};

const refuseItems = (order: WorldOrder, told: WorldPackage, before: WorldPackage | undefined): void => {
  const codesElsewhere = new Set(
    order.packages
      .filter((each) => each !== before)
      .flatMap(({ items }) => items.flatMap(({ transparencyCodes }) => transparencyCodes ?? [])),
  );
  const seen = new Set<string>();
  for (const item of told.items) {
    const line = order.lines.find(({ orderItemId }) => orderItemId === item.orderItemId);
    if (!line) {
      throw new WriteRefused(
        `OrderItemId is invalid, please obtain the value through the getOrderItems API: ${item.orderItemId} is not an item of the order.`,
      );
    }
    if (seen.has(item.orderItemId)) throw new WriteRefused(`OrderItemId is invalid, ${item.orderItemId} appears twice in the package.`);
    seen.add(item.orderItemId);
    refuseQuantity(line, item, before);
    refuseCodes(line, item, codesElsewhere);
  }
};

const refuseQuantity = (line: WorldLine, item: PackedItem, before: WorldPackage | undefined): void => {
  const givenBack = before?.items.find(({ orderItemId }) => orderItemId === line.orderItemId)?.quantity ?? 0;
  const possible = leftOf(line) + givenBack;
  if (item.quantity < 1 || item.quantity > possible) {
    throw new WriteRefused(`Quantity is invalid for ${line.orderItemId}: ${item.quantity} of the ${possible} that can be shipped.`);
  }
};

/** Adds the codes of the item to those that are taken. */
const refuseCodes = (line: WorldLine, { quantity, transparencyCodes = [] }: PackedItem, taken: Set<string>): void => {
  if (line.transparency && transparencyCodes.length !== quantity) {
    throw new WriteRefused(`TransparencyCodes are invalid for ${line.orderItemId}: ${quantity} needed, ${transparencyCodes.length} given.`);
  }
  for (const code of transparencyCodes) {
    if (taken.has(code)) throw new WriteRefused(`TransparencyCodes are invalid for ${line.orderItemId}: ${code} is used twice.`);
    taken.add(code);
  }
};

const progressOf = (before: WorldPackage | undefined): Pick<WorldPackage, 'progress'> =>
  before?.progress ? { progress: before.progress } : {};

const isSame = (before: WorldPackage, after: WorldPackage): boolean => contentOf(before) === contentOf(after);

const contentOf = ({ carrier, service, trackingNumber, shippedAt, items }: WorldPackage): string =>
  JSON.stringify([
    carrier,
    service ?? '',
    trackingNumber,
    shippedAt,
    items.map(({ orderItemId, quantity, transparencyCodes = [] }) => [orderItemId, quantity, ...transparencyCodes]).sort(),
  ]);
