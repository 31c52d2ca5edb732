import { describe, expect, test } from '@jest/globals';
import type { NewEvent } from '@orderbus/contracts';
import fc from 'fast-check';
import { about, ada, rowOf, surroundings } from '../../test/builders.ts';
import { histories } from '../../test/streams.ts';
import { decide } from './decide.ts';
import { isOpen, states } from './lifecycle.ts';
import type { Command, Order, WishCommand } from './order.ts';
import { toShip } from './quantities.ts';
import { defaultSettings, type OrderSettings } from './settings.ts';

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
process.stdout.write(`services/order/src/domain/walks.spec.ts: SEED=${seed}\n`);

const lineId = '10000000000001';
const idOf = (n: number): string => `0198c2a4-7000-7000-8000-00000000000${n}`;

/** Anything that people may want, whether it makes sense or not, and Amazon's answers to it. */
const acts: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom('hold', 'release', 'decline-buyer-cancel', 'retry', 'admit').map((type) => ({ type, ...ada }) as WishCommand),
  fc.constant<Command>({ type: 'reconsider' }),
  fc.record({ n: fc.integer({ min: 1, max: 3 }), quantity: fc.option(fc.integer({ min: 1, max: 3 })) }).map(
    ({ n, quantity }): Command => ({
      ...{ type: 'request-cancel', cancellationId: idOf(n), reason: 'no-inventory', ...ada },
      ...(quantity === null ? {} : { lines: [{ lineId, quantity }] }),
    }),
  ),
  fc.integer({ min: 1, max: 3 }).map((n): Command => ({ type: 'accept-buyer-cancel', cancellationId: idOf(n), ...ada })),
  fc.constantFrom(...states).map((state): Command => ({ type: 'set-status', status: `${state}_later`, ...ada })),
  fc.integer({ min: 1, max: 3 }).map((n): Command => ({ type: 'cancellation-accepted', cancellationId: idOf(n) })),
  fc.integer({ min: 1, max: 3 }).map((n): Command => ({ type: 'cancellation-refused', cancellationId: idOf(n), words: 'No.' })),
);

/** Facts in any order, twice some of them, and people in between. */
const walks = histories
  .chain((history) =>
    fc.tuple(fc.shuffledSubarray([...history, ...history], { minLength: history.length }), fc.array(acts, { maxLength: 12 })),
  )
  .chain(([facts, wishes]) => fc.shuffledSubarray([...facts, ...wishes], { minLength: facts.length + wishes.length }));

/** The rules of its store. */
const rules = fc.constantFrom<OrderSettings>(
  defaultSettings,
  { ...defaultSettings, admission: 'strict' },
  { ...defaultSettings, reservePending: true, numberSource: 'amazon' },
);

/** What somebody knows of an order who has only heard the events. */
interface Picture {
  readonly state: string;
  readonly isHeld: boolean;
  readonly attention: readonly string[];
  readonly openCancellation: string | undefined;
}

const unknown: Picture = { state: 'pending', isHeld: false, attention: [], openCancellation: undefined };

const heard = (picture: Picture, { definition: { type }, data }: NewEvent): Picture => {
  const { status, state, cause, cancellationId } = data as Record<string, string>;
  const goes = (to: string): Picture => ({ ...picture, state: to, isHeld: picture.isHeld && isOpen(to as Order['state']) });
  switch (type) {
    case 'order.created':
      return goes('new');
    case 'order.updated':
      return goes(status as string);
    case 'order.processing_started':
      return goes('processing');
    case 'order.blocked':
      return goes('blocked');
    case 'order.closed':
      return goes('closed');
    case 'order.canceled':
      return { ...goes('canceled'), openCancellation: undefined };
    case 'order.held':
      return { ...picture, isHeld: true };
    case 'order.released':
      return { ...picture, state: state as string, isHeld: false };
    case 'order.attention_raised':
      return { ...picture, attention: [...picture.attention, cause as string] };
    case 'order.attention_cleared':
      return { ...picture, attention: picture.attention.filter((other) => other !== cause) };
    case 'order.cancellation_requested':
      return { ...picture, openCancellation: cancellationId };
    case 'order.cancellation_refused':
    case 'order.units_canceled':
      return { ...picture, openCancellation: undefined };
    default:
      return picture;
  }
};

describe('an order, whatever people and machines do to it in whatever order', () => {
  test('is where those who only hear its events think it is, and never comes back from its end', () => {
    fc.assert(
      fc.property(walks, rules, (commands, settings) => {
        const around = { ...surroundings, stores: { ...surroundings.stores, settingsOf: () => settings } };
        let order: Order | undefined;
        let picture = unknown;
        for (const command of commands) {
          const decision = decide(order, command, about, around);
          if ('refused' in decision) continue;
          const before = order;
          order = rowOf(decision.state, (before?.version ?? 0) + decision.events.length);
          for (const event of decision.events) event.definition.schema.parse(event.data);
          picture = decision.events.reduce(heard, picture);
          holds(before, order, picture);
        }
      }),
      { seed, numRuns: 1_000 },
    );
  });
});

const holds = (before: Order | undefined, order: Order, picture: Picture): void => {
  if (order.number !== null) {
    expect(picture).toEqual({
      state: order.hold?.state ?? order.state,
      isHeld: order.hold !== null,
      attention: expect.arrayContaining([...order.attention]),
      openCancellation: order.cancellation?.state === 'requested' ? order.cancellation.id : undefined,
    });
    expect(picture.attention).toHaveLength(order.attention.length);
  }
  expect(order.state === 'held').toBe(order.hold !== null);
  if (order.hold !== null) expect(isOpen(order.hold.state)).toBe(true);
  // The label belongs to where it stands.
  expect([order.state, `${order.state}_later`]).toContain(order.status);
  if (before?.state === 'canceled') expect(order.state).toBe('canceled');
  if (before?.number != null) expect(order.number).toBe(before.number);
  for (const units of Object.values(order.ledger)) {
    expect(Math.min(...Object.values(units), toShip(units))).toBeGreaterThanOrEqual(0);
    expect(units.canceled).toBeLessThanOrEqual(units.ordered);
  }
};
