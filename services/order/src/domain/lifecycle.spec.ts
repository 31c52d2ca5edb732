import { describe, expect, test } from '@jest/globals';
import { AmazonStatus, FulfilledBy } from '@orderbus/contracts';
import { about, anOrder, aSnapshot, missing, numbers, seen } from '../../test/builders.ts';
import { decide } from './decide.ts';
import {
  type CommandType,
  commandTypes,
  type Effect,
  lifecycle,
  type ObservedEffect,
  observed,
  type Status,
  statuses,
} from './lifecycle.ts';
import type { Command } from './order.ts';

/** What each effect means to those who look on: the status afterwards, and what they are told. */
const told: Record<ObservedEffect, { status?: Status; events: string[] }> = {
  remember: { events: [] },
  dismiss: { status: 'canceled', events: [] },
  create: { status: 'new', events: ['order.created'] },
  'create-complete': { status: 'complete', events: ['order.created', 'order.updated'] },
  follow: { events: ['order.updated'] },
  complete: { status: 'complete', events: ['order.updated'] },
  cancel: { status: 'canceled', events: ['order.canceled'] },
};

const toldOfStock: Record<Exclude<Effect, 'as-observed' | 'too-early'>, { status?: Status; events: string[] }> = {
  remember: { events: [] },
  start: { status: 'processing', events: ['order.processing_started'] },
  block: { status: 'blocked', events: ['order.blocked'] },
  wait: { status: 'new', events: ['order.updated'] },
};

const outcomeOf = (status: Status, command: Command, fulfilledBy: FulfilledBy = 'merchant') => {
  const order = { ...anOrder(status), fulfilledBy };
  const decision = decide(order, command, about, numbers);
  if ('refused' in decision) return decision;
  return { status: decision.state.status, events: decision.events.map((event) => event.definition.type) };
};

describe('the table of snapshots', () => {
  const cells = FulfilledBy.options.flatMap((fulfilledBy) =>
    statuses.flatMap((status) =>
      AmazonStatus.options.map((shown) => [fulfilledBy, status, shown, observed[fulfilledBy][status][shown]] as const),
    ),
  );

  test.each(cells)('%s, %s, Amazon says %s: %s', (fulfilledBy, status, shown, effect) => {
    const later = aSnapshot({ status: shown, fulfilledBy, totals: { currency: 'USD', grandTotalMinor: 2700, tipMinor: 100 } });
    const expected = { status, ...told[effect] };
    expect(outcomeOf(status, seen(later, 9), fulfilledBy)).toEqual(expected);
  });

  test.each(cells)('%s, %s, Amazon said %s before: tells nobody twice', (fulfilledBy, status, shown, effect) => {
    const outcome = outcomeOf(status, seen(aSnapshot({ status: shown, fulfilledBy }), 1), fulfilledBy);
    const isPast = effect === 'remember' || effect === 'follow';
    expect(outcome).toEqual(isPast ? { refused: 'already-done' } : { status, ...told[effect] });
  });
});

describe('the table of commands', () => {
  const commands: Record<Exclude<CommandType, 'observe'>, Command> = {
    'stock-reserved': { type: 'stock-reserved', version: 9 },
    'stock-short': { type: 'stock-short', missing: [missing({ cause: 'disabled' })], version: 9 },
    'stock-released': { type: 'stock-released', version: 9 },
    'invoice-issued': { type: 'invoice-issued', number: '000000007', totalMinor: 2600, version: 9 },
    'invoice-canceled': { type: 'invoice-canceled', number: '000000007', totalMinor: 2600, version: 9 },
  };
  const others = commandTypes.filter((type) => type !== 'observe');

  test.each(statuses.flatMap((status) => others.map((type) => [status, type, lifecycle[status][type]] as const)))(
    '%s, %s: %s',
    (status, type, effect) => {
      const outcome = outcomeOf(status, commands[type]);
      if (effect === 'too-early') expect(outcome).toMatchObject({ refused: 'too-early' });
      else expect(outcome).toEqual({ status, ...toldOfStock[effect] });
    },
  );

  test.each(others)('an order that we have not heard of: %s is too early', (type) => {
    expect(decide(undefined, commands[type], about, numbers)).toMatchObject({ refused: 'too-early' });
  });

  test('snapshots have a table of their own in every status', () => {
    expect(statuses.map((status) => lifecycle[status].observe)).toEqual(statuses.map(() => 'as-observed'));
  });
});
