import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { AmazonStatus, FulfilledBy, type NewEvent } from '@orderbus/contracts';
import { about, ada, anOrder, aSnapshot, askToCancel, cancellationId, missing, refund, seen, surroundings } from '../../test/builders.ts';
import { decide } from './decide.ts';
import { gateOf } from './gates.ts';
import { type Effect, type FactType, facts, type State, states, type WishType, wishes } from './lifecycle.ts';
import { type ObservedEffect, observed } from './observed.ts';
import type { Command, Order } from './order.ts';

interface Outcome {
  /** Absent: as before. */
  readonly state?: State;
  readonly events: readonly string[];
}

/** Without the attention to missing stock, which goes along with being blocked: it has a test of its own. */
const outcomeOf = (order: Order, command: Command) => {
  const decision = decide(order, command, about, surroundings);
  if ('refused' in decision) return decision;
  return { state: decision.state.state, events: decision.events.filter((event) => !isAboutStock(event)).map(typeOf) };
};

const typeOf = ({ definition }: NewEvent): string => definition.type;
const isAboutStock = (event: NewEvent): boolean =>
  typeOf(event).startsWith('order.attention_') && (event.data as { cause: string }).cause === 'stock-missing';

describe('the table of snapshots', () => {
  /** What each effect means to those who look on: the state afterwards, and what they are told. */
  const told: Record<ObservedEffect, Outcome> = {
    remember: { events: [] },
    dismiss: { state: 'canceled', events: [] },
    create: { state: 'new', events: ['order.created'] },
    'create-complete': { state: 'complete', events: ['order.created', 'order.updated'] },
    follow: { events: ['order.updated'] },
    complete: { state: 'complete', events: ['order.updated'] },
    cancel: { state: 'canceled', events: ['order.canceled'] },
  };
  const cells = FulfilledBy.options.flatMap((fulfilledBy) =>
    states.flatMap((state) =>
      AmazonStatus.options.map((shown) => [fulfilledBy, state, shown, observed[fulfilledBy][state][shown]] as const),
    ),
  );

  test.each(cells)('%s, %s, Amazon says %s: %s', (fulfilledBy, state, shown, effect) => {
    const later = aSnapshot({ status: shown, fulfilledBy, totals: { currency: 'USD', grandTotalMinor: 2700, tipMinor: 100 } });
    const { events, ...where } = told[effect];
    const closedAgain = state === 'closed' && effect === 'follow' ? ['order.closed'] : [];
    expect(outcomeOf({ ...anOrder(state), fulfilledBy }, seen(later, 9))).toEqual({ state, ...where, events: [...events, ...closedAgain] });
  });

  test.each(cells)('%s, %s, Amazon said %s before: tells nobody twice', (fulfilledBy, state, shown, effect) => {
    // Whether it was ever shipped is remembered, so a late snapshot that says so is no repetition.
    const order = { ...anOrder(state), fulfilledBy, shippedAtAmazon: state === 'complete' || state === 'closed' || shown === 'shipped' };
    const isPast = effect === 'remember' || effect === 'follow';
    expect(outcomeOf(order, seen(aSnapshot({ status: shown, fulfilledBy }), 1))).toEqual(
      isPast ? { refused: 'already-done' } : { state, ...told[effect] },
    );
  });
});

describe('the table of facts', () => {
  const told: Partial<Record<Effect, Outcome>> = {
    remember: { events: [] },
    beneath: { state: 'held', events: [] },
    start: { state: 'processing', events: ['order.processing_started'] },
    block: { state: 'blocked', events: ['order.blocked'] },
    wait: { state: 'new', events: ['order.updated'] },
    'come-in': { events: [] },
    answer: { events: ['order.cancellation_refused', 'order.attention_raised'] },
  };
  const [refundRequested, refundAccepted] = refund('0198c2a4-7000-7000-8000-0000000000f2') as [Command, Command];
  const invoice = { documentId: '0198c2a4-7000-7000-8000-0000000000a9', number: '000000009', totalMinor: 0, lines: null };
  const commands: Record<Exclude<FactType, 'observe'>, Command> = {
    reconsider: { type: 'reconsider' },
    'address-checked': { type: 'address-checked', issues: ['postalCode'] },
    'stock-reserved': { type: 'stock-reserved', version: 9 },
    'stock-short': { type: 'stock-short', missing: [missing({ cause: 'disabled' })], version: 9 },
    'stock-released': { type: 'stock-released', version: 9 },
    'invoice-issued': { type: 'invoice-issued', ...invoice },
    'invoice-canceled': { type: 'invoice-canceled', ...invoice },
    'invoice-corrected': { type: 'invoice-corrected', ...invoice },
    'parcel-sent': { type: 'parcel-sent', shipmentId: 'parcel-1', revision: 1, lines: [] },
    'refund-requested': refundRequested,
    'refund-accepted': refundAccepted,
    'cancellation-accepted': { type: 'cancellation-accepted', cancellationId },
    'cancellation-refused': { type: 'cancellation-refused', cancellationId, words: 'It has been shipped.' },
  };
  const types = (Object.keys(facts) as FactType[]).filter((type) => type !== 'observe');

  /** As far as these facts need something to be about. */
  const given = (state: State, order = anOrder(state)): Order => ({
    ...order,
    refunds: { ...order.refunds, '0198c2a4-7000-7000-8000-0000000000f2': { totalMinor: 0, lines: [], unshipped: false, accepted: false } },
  });

  const untold = types.filter(
    (type) => !type.startsWith('cancellation-') && type !== 'refund-requested' && type !== 'reconsider' && type !== 'address-checked',
  );
  test.each(states.flatMap((state) => untold.map((type) => [state, type, facts[type][state]] as const)))(
    '%s, %s: %s',
    (state, type, effect) => {
      const order = given(state);
      const expected = effect === 'too-early' ? { refused: effect, detail: 'not an order yet' } : { state: order.state, ...told[effect] };
      expect(outcomeOf(order, commands[type] as Command)).toEqual(
        // What was blocked or reserved beneath the hold is told as ever.
        effect === 'beneath' && type.startsWith('stock-')
          ? { state: 'held', events: outcomeBeneath(order, commands[type] as Command) }
          : expected,
      );
    },
  );

  const outcomeBeneath = (order: Order, command: Command) => {
    const outcome = outcomeOf({ ...order, state: 'processing', hold: null }, command);
    return 'events' in outcome ? outcome.events : [];
  };

  test.each(states.map((state) => [state, facts.reconsider[state]] as const))('%s, reconsider: %s', (state) => {
    expect(outcomeOf(given(state), { type: 'reconsider' })).toEqual(
      state === 'blocked' ? { state, events: ['order.retry_requested'] } : { refused: 'already-done' },
    );
  });

  test.each(states.map((state) => [state, facts['address-checked'][state]] as const))('%s, address-checked: %s', (state) => {
    const isOpen = state === 'new' || state === 'blocked' || state === 'processing' || state === 'held';
    expect(outcomeOf(given(state), commands['address-checked'])).toEqual({ state, events: isOpen ? ['order.attention_raised'] : [] });
    expect(outcomeOf(given(state), { type: 'address-checked', issues: [] })).toEqual({ refused: 'already-done' });
  });

  test('missing stock needs attention from when it is told of until it is there, is shipped, or is wanted no more', () => {
    const attentionOf = (order: Order, command: Command) => {
      const decision = decide(order, command, about, surroundings);
      return 'events' in decision ? decision.events.filter(isAboutStock).map(typeOf) : [];
    };
    expect(attentionOf(anOrder('new'), commands['stock-short'])).toEqual(['order.attention_raised']);
    expect(attentionOf(anOrder('blocked'), { type: 'admit', ...ada })).toEqual([]);
    for (const end of [commands['stock-reserved'], seen(aSnapshot({ status: 'shipped' }), 9), seen(aSnapshot({ status: 'canceled' }), 9)])
      expect(attentionOf(anOrder('blocked'), end)).toEqual(['order.attention_cleared']);
  });

  const answers = ['cancellation-accepted', 'cancellation-refused'] as const;
  test.each(states.flatMap((state) => answers.map((type) => [state, type, facts[type][state]] as const)))(
    '%s, %s: %s',
    (state, type, effect) => {
      const { actor: by, at } = ada;
      const asked = { id: cancellationId, by, at, reason: 'no-inventory', lines: null, state: 'requested', refusal: null } as const;
      const outcome = outcomeOf({ ...given(state), cancellation: asked }, commands[type]);
      if (effect === 'too-early') expect(outcome).toMatchObject({ refused: 'too-early' });
      else if (type === 'cancellation-accepted') expect(outcome).toMatchObject({ state: 'canceled', events: ['order.canceled'] });
      else if (state === 'canceled') expect(outcome).toEqual({ state, events: [] });
      else if (state === 'complete' || state === 'closed') expect(outcome).toEqual({ state, events: ['order.cancellation_refused'] });
      else expect(outcome).toEqual({ state, ...told.answer });
    },
  );

  test.each(types)('an order that we have not heard of: %s is too early', (type) => {
    expect(decide(undefined, commands[type as keyof typeof commands], about, surroundings)).toMatchObject({ refused: 'too-early' });
  });
});

describe('the table of wishes', () => {
  const told: Partial<Record<Effect, Outcome>> = {
    hold: { state: 'held', events: ['order.held'] },
    release: { state: 'processing', events: ['order.released'] },
    ask: { events: ['order.cancellation_requested'] },
    decline: { state: 'new', events: ['order.released', 'order.attention_cleared'] },
    'look-again': { events: ['order.retry_requested'] },
    admit: { state: 'processing', events: ['order.processing_started'] },
  };
  const written: Partial<Record<WishType, string>> = {
    comment: 'order.commented',
    'set-status': 'order.status_changed',
    'set-note': 'order.noted',
    'set-tags': 'order.tagged',
    renumber: 'order.renumbered',
  };
  const commandOf = (type: WishType, state: State): Command =>
    ({
      hold: { type: 'hold', ...ada },
      release: { type: 'release', ...ada },
      'request-cancel': askToCancel,
      'accept-buyer-cancel': { type: 'accept-buyer-cancel', cancellationId, ...ada },
      'decline-buyer-cancel': { type: 'decline-buyer-cancel', ...ada },
      comment: { type: 'comment', commentId: cancellationId, text: 'Called them.', notify: false, visible: false, ...ada },
      'set-status': { type: 'set-status', status: `${state}_later`, ...ada },
      'set-note': { type: 'set-note', note: 'Poster tube', ...ada },
      'set-tags': { type: 'set-tags', tags: ['gift'], ...ada },
      retry: { type: 'retry', ...ada },
      admit: { type: 'admit', ...ada },
      renumber: { type: 'renumber', source: 'amazon', ...ada },
    })[type] as Command;

  const cells = states.flatMap((state) => (Object.keys(wishes) as WishType[]).map((type) => [state, type, wishes[type][state]] as const));
  test.each(cells)('%s, %s: %s', (state, type, cell) => {
    const asked = type.endsWith('-buyer-cancel') && state === 'held';
    const order = asked ? anOrder('new', { cancelRequested: {} }) : anOrder(state);
    const gate = gateOf(order, type);
    const outcome = outcomeOf(order, commandOf(type, state));
    if (cell === 'write') expect(outcome).toEqual({ state, events: [written[type]] });
    else if (told[cell as Effect] === undefined) expect([gate, outcome]).toMatchObject([{ allowed: false }, { refused: 'not-allowed' }]);
    else if (asked && cell === 'ask')
      expect(outcome).toEqual({ state: 'held', events: ['order.cancellation_requested', 'order.attention_cleared'] });
    else expect([gate, outcome]).toEqual([{ allowed: true }, { state, ...told[cell as Effect] }]);
  });

  test.each(cells)('%s, %s: what is refused says why', (state, type) => {
    const order = anOrder(state);
    const gate = gateOf(order, type);
    if (!gate.allowed) expect(outcomeOf(order, commandOf(type, state))).toEqual({ refused: 'not-allowed', detail: gate.why });
  });
});

test('the README shows the tables as they are', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    .replaceAll(/ +/g, ' ')
    .replaceAll(/-{2,}/g, '--');
  for (const [command, cells] of Object.entries({ ...facts, ...wishes }))
    expect(readme).toContain(`| \`${command}\` | ${states.map((state) => cells[state]).join(' | ')} |`);
});
