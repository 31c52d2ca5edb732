import { type NewEvent, PickupProgressed, refuse } from '@orderbus/contracts';
import type { FieldIssue } from '@orderbus/kernel';
import type { CommandOf } from './command.ts';
import { done, objectTo, type Step } from './decision.ts';
import { gateOf, isFetched } from './gates.ts';
import type { PickupStatus, PickupStep, Shipping } from './order.ts';

type Effect = 'report' | 'already-done' | 'ended';

/** What can be reported after what: an order that was fetched, or was not, has ended. */
export const pickupLifecycle = {
  none: { ready: 'report', 'picked-up': 'report', refused: 'report' },
  ready: { ready: 'already-done', 'picked-up': 'report', refused: 'report' },
  'picked-up': { ready: 'ended', 'picked-up': 'already-done', refused: 'ended' },
  refused: { ready: 'ended', 'picked-up': 'ended', refused: 'already-done' },
} as const satisfies Record<'none' | PickupStatus, Record<PickupStatus, Effect>>;

/** Where an order stands that the buyer fetches at the shop. */
export const reportPickup = ({ order, parcels }: Shipping, { status, lines, actor, at }: CommandOf<'pickup'>, orderId: string): Step => {
  if (!isFetched(order))
    return objectTo('pickup.not-in-store', [
      { field: 'orderId', message: 'The buyer does not fetch this order: make a parcel.', code: 'pickup.not-in-store' },
    ]);
  // What happened at the counter has happened; only what is put there can wait.
  const gate = gateOf({ ...order, programs: [], obstacles: status === 'ready' ? order.obstacles : [] });
  if (gate) return objectTo(gate.code, [{ field: 'orderId', message: gate.words, code: gate.code }]);
  const last = order.pickup.at(-1);
  const cell: Effect = pickupLifecycle[last?.status ?? 'none'][status];
  if (cell === 'already-done' && last?.refusal)
    return objectTo('pickup.refused', [
      {
        field: 'status',
        message: `Amazon refused it: ${last.refusal.words} Have it sent again at the gateway.`,
        code: 'pickup.refused',
        facts: { refusal: last.refusal.words },
      },
    ]);
  if (cell === 'already-done') return refuse(cell);
  if (cell === 'ended' && last)
    return objectTo('pickup.ended', [
      { field: 'status', message: `It is ${last.status} since ${last.at}.`, code: `pickup.is-${last.status}`, facts: { sinceAt: last.at } },
    ]);
  const errors = objectionsToLines(order.lines, lines ?? []);
  if (errors.length > 0) return objectTo('pickup.invalid', errors);
  const step: PickupStep = { status, lines, at, by: actor.name, acceptedAt: null, refusal: null, doubt: null };
  const event = PickupProgressed.of({ orderId, status, ...(lines === null ? {} : { lines: [...lines] }) });
  return done({ order: { ...order, pickup: [...order.pickup, step] }, parcels }, event as NewEvent);
};

const objectionsToLines = (known: Shipping['order']['lines'], asked: NonNullable<PickupStep['lines']>): FieldIssue[] =>
  asked.flatMap(({ lineId, quantity }, n): FieldIssue[] => {
    const line = known.find((each) => each.lineId === lineId);
    if (!line)
      return [
        {
          field: `lines.${n}.lineId`,
          message: `The order has no such line: ${lineId}.`,
          code: 'line.not-in-order',
          facts: { line: lineId },
        },
      ];
    if (quantity <= line.quantity) return [];
    const facts = { ordered: line.quantity };
    return [{ field: `lines.${n}.quantity`, message: `${line.quantity} units were ordered.`, code: 'line.more-than-ordered', facts }];
  });

/** Amazon's word on it. That it was taken stands, whatever comes after. */
export const answerPickup = ({ order, parcels }: Shipping, command: CommandOf<'confirm-pickup'> | CommandOf<'reject-pickup'>): Step => {
  const known = order.pickup.find(({ status }) => status === command.status);
  if (!known) return refuse('not-allowed', `nobody has reported that it is ${command.status}`);
  const isNews = command.type === 'confirm-pickup' ? known.acceptedAt === null : known.acceptedAt === null && known.refusal === null;
  if (!isNews) return refuse('already-done');
  const after = command.type === 'confirm-pickup' ? { acceptedAt: command.acceptedAt, refusal: null } : { refusal: command.refusal };
  const pickup = order.pickup.map((step) => (step === known ? { ...step, ...after, doubt: null } : step));
  return done({ order: { ...order, pickup }, parcels });
};
