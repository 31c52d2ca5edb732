import { type ActionKind, action } from './actions.ts';
import type { Known, ParcelFacts, ShippingFacts } from './facts.ts';
import { type Finding, isOverdue, one, present, rule, saying } from './reason.ts';

/** What Amazon says to parcels, and what has not left in time. */
export const parcelRules = [
  rule({
    code: 'shipment-refused',
    waitsFor: 'person',
    when: 'Amazon, or our own check of what it would take, refused to confirm a parcel.',
    mendedBy: 'Correct the parcel and tell it again, tell it again as it is, or void it.',
    find: (known) =>
      parcelsOf(known.shipping)
        .filter(isRefused)
        .map((parcel) => refusedFinding(known, parcel)),
  }),
  rule({
    code: 'pickup-refused',
    waitsFor: 'person',
    when: 'Amazon refused to hear that an order is ready to be fetched, or was.',
    mendedBy: 'Mend what its words say, and send it again.',
    find: ({ shipping, commands = [] }) =>
      (shipping?.pickup ?? [])
        .filter(({ amazon }) => amazon.state === 'refused')
        .map(({ status, at, amazon: { refusal } }) => {
          const failed = commands.find(({ kind, state }) => kind === 'pickup' && state === 'failed');
          return {
            facts: { ...saying(refusal), status },
            since: failed?.settledAt ?? at,
            actions: [failed && action('send-now', `/commands/${failed.id}/retry`)],
          };
        }),
  }),
] as const;

export const deadlineRules = [
  rule({
    code: 'waits-for-pickup',
    waitsFor: 'buyer',
    when: 'It is ready at the shop, Amazon knows, and the buyer has not fetched it.',
    mendedBy: 'The buyer fetches it, or does not take it: report that.',
    find: ({ shipping, orderId }) => {
      const last = shipping?.pickup?.at(-1);
      return one(
        shipping?.state === 'open' &&
          last?.status === 'ready' &&
          last.amazon.state === 'accepted' && {
            facts: {},
            since: last.at,
            actions: [
              action('report-fetched', `/orders/${orderId}/pickup`, { status: 'picked-up' }),
              action('report-not-taken', `/orders/${orderId}/pickup`, { status: 'refused' }),
            ],
          },
      );
    },
  }),
  rule({
    code: 'overdue',
    waitsFor: 'person',
    when: 'It should have left by now, and nothing else keeps it.',
    mendedBy: 'Ship it, or hand over what is packed.',
    find: (known) => one(known.shipping && overdueFinding(known, known.shipping)),
  }),
] as const;

const isRefused = ({ state, amazon }: ParcelFacts): boolean => state !== 'voided' && amazon.state === 'refused';

const parcelsOf = (shipping: Known['shipping']): readonly ParcelFacts[] => shipping?.shipments ?? [];

const refusedFinding = ({ commands = [] }: Known, { id, position, trackingNumber, amazon, actions }: ParcelFacts): Finding => {
  const failed = commands.find(({ request, state }) => request.shipmentId === id && state === 'failed');
  const { refusal = { code: '', words: amazon.words } } = amazon;
  const possible = mendingOf(refusal.code).filter((kind) => actions.some(({ action: name, allowed }) => allowed && name === actOf[kind]));
  return {
    facts: { ...saying(refusal), position, ...present({ trackingNumber }) },
    since: failed?.settledAt ?? amazon.toldAt,
    actions: possible.map((kind) =>
      action(
        kind,
        kind === 'edit-parcel' ? `/shipments/${id}` : `/shipments/${id}/${actOf[kind]}`,
        kind === 'void-parcel' ? {} : undefined,
      ),
    ),
  };
};

type ParcelAction = Extract<ActionKind, 'edit-parcel' | 'retry-parcel' | 'void-parcel'>;
const actOf: Readonly<Record<ParcelAction, string>> = { 'edit-parcel': 'edit', 'retry-parcel': 'retry', 'void-parcel': 'void' };

/** What is likeliest to help comes first: a parcel that must not be sent at all is not corrected. */
const mendingOf = (code: string): readonly ParcelAction[] => {
  if (toBeStopped.has(code)) return ['void-parcel', 'edit-parcel', 'retry-parcel'];
  return passes.has(code) ? ['retry-parcel', 'edit-parcel', 'void-parcel'] : ['edit-parcel', 'retry-parcel', 'void-parcel'];
};

const toBeStopped = new Set([
  'order.canceled',
  'order.fulfilled-by-amazon',
  'order.not-sold-on-amazon',
  'shipment.ship-plus',
  'shipment.in-store-pickup',
]);
const passes = new Set(['order.pending', 'order.not-read', 'amazon.access-denied', 'amazon.login-refused']);

const overdueFinding = (known: Known, { state, toShip, shipBy, ship, shipments }: ShippingFacts): Finding | undefined => {
  if (state !== 'open' || toShip === 0 || shipBy === undefined || !isOverdue(shipBy, known, 0)) return undefined;
  const packed = shipments.find((parcel) => parcel.state === 'packed');
  const facts = { count: toShip, shipBy };
  if (ship.allowed)
    return { facts: { ...facts, context: 'unpacked' }, since: shipBy, actions: [action('ship', '/shipments', { orderId: known.orderId })] };
  if (packed === undefined || ship.code !== 'shipping.nothing-left') return undefined;
  return { facts: { ...facts, context: 'packed' }, since: shipBy, actions: [action('hand-over', `/shipments/${packed.id}/hand-over`, {})] };
};
