import { describe, expect, test } from '@jest/globals';
import { AmazonShipmentConfirmed, AmazonShipmentRejected, AmazonWriteUncertain } from '@orderbus/contracts';
import { aCommand, aPicture, aShipment, ledgerContext, now } from '../../test/a-command.ts';
import type { Command, Step } from './command.ts';
import { commandIdOf, decideCommand } from './decide-command.ts';
import { type CommandState, commandStates, lifecycle, type StepName, statesBefore } from './lifecycle.ts';

const no = { code: 'amazon.invalid-input', words: 'Amazon says: no.' };
const soon = '2026-03-02T12:00:05.000Z';

/** Each step as it comes; `send` is taken in SQL by whoever claims. */
const steps: Record<Exclude<StepName, 'send'>, Step> = {
  request: { type: 'request', ask: { kind: 'shipment', data: aShipment() } },
  defer: { type: 'defer', why: no, nextAttemptAt: soon },
  succeed: { type: 'succeed' },
  refuse: { type: 'refuse', refusal: no },
  lose: { type: 'lose', why: no, lookAt: soon },
  found: { type: 'found', words: 'there' },
  absent: { type: 'absent', words: 'not there', nextAttemptAt: soon },
  doubt: { type: 'doubt', words: 'who knows' },
  overdue: { type: 'overdue', words: 'it is late' },
  look: { type: 'look' },
  recall: { type: 'recall', why: no },
  resend: { type: 'resend', by: 'Ada' },
  settle: { type: 'settle', as: 'done', by: 'Ada', note: 'seen in Seller Central' },
  submit: { type: 'submit' },
  book: { type: 'book', booking: { transactionId: 'T-1', currency: 'USD', amountMinor: 500, settledAt: soon } },
};

const decide = (known: Command | undefined, step: Step, context = ledgerContext()) =>
  decideCommand(known, step, { id: aCommand().id, tenant: 'na' }, context);

const after = (known: Partial<Command>, step: Step) => {
  const decision = decide(aCommand(known), step);
  if ('refused' in decision) throw new Error(`refused: ${decision.refused}`);
  return { ...decision.state, events: decision.events };
};

const sendingState = { state: 'sending', attempts: 1, sendingSince: now, nextAttemptAt: null } as const;
const unknownState = { state: 'unknown', attempts: 1, nextAttemptAt: soon } as const;

describe('the lifecycle of a write', () => {
  const cells = (['none', ...commandStates] as const).flatMap((state) =>
    (Object.keys(steps) as (keyof typeof steps)[]).map((step) => [state, step, lifecycle[state][step]] as const),
  );

  test.each(cells)('%s, %s: %s', (state, step, cell) => {
    const decision = decide(state === 'none' ? undefined : aCommand({ state }), steps[step]);
    const outcome = 'refused' in decision ? decision.refused : decision.state.state;
    const expected: Record<string, string> = { 'as-checked': 'pending', 'as-said': 'done' };
    expect(outcome).toBe(expected[cell] ?? cell);
  });

  test('nothing that may have happened is sent without having been read back', () => {
    expect(statesBefore('send', 'sending')).toEqual(['pending']);
    const intoPending = (state: CommandState) => Object.entries(lifecycle[state]).filter(([, cell]) => cell === 'pending');
    expect(intoPending('unknown').map(([step]) => step)).toEqual(['absent', 'resend']);
    expect(intoPending('sending').map(([step]) => step)).toEqual(['defer']);
  });
});

describe('a command', () => {
  test('is asked for once, whatever the number of events that ask', () => {
    const ask = { kind: 'shipment', data: aShipment() } as const;
    expect(commandIdOf('na', ask)).toBe(commandIdOf('na', { ...ask, data: aShipment({ carrier: 'DHL' }) }));
    expect(commandIdOf('na', ask)).not.toBe(commandIdOf('na', { ...ask, data: aShipment({ revision: 2 }) }));
    expect(commandIdOf('na', ask)).not.toBe(commandIdOf('eu', ask));
  });

  test('waits for an order that is not known yet, and for nobody of another store', () => {
    expect(decide(undefined, steps.request, { ...ledgerContext(), pictureOf: () => undefined })).toMatchObject({ refused: 'too-early' });
    expect(decide(undefined, steps.request, ledgerContext(aPicture({ tenant: 'eu' })))).toMatchObject({ refused: 'not-allowed' });
  });

  test('takes its turn after the others with its subject', () => {
    const first = aCommand({ turn: 3, state: 'done' });
    const other = aCommand({ turn: 9, subject: 'shipment:another' });
    const decision = decide(undefined, steps.request, ledgerContext(aPicture({ earlier: [first, other] })));
    expect(decision).toMatchObject({ state: { turn: 4, state: 'pending', nextAttemptAt: now, deadline: '2026-03-03T12:00:00.000Z' } });
  });

  test('that was done says so once, with what Amazon calls the parcel', () => {
    const { state, settledAt, events } = after(sendingState, { type: 'succeed', attempt: 1 });
    expect({ state, settledAt }).toEqual({ state: 'done', settledAt: now });
    expect(events).toMatchObject([{ definition: AmazonShipmentConfirmed, data: { revision: 1, packageReference: '1', acceptedAt: now } }]);
  });

  test("that was refused says so in Amazon's words", () => {
    const { state, answer, events } = after(sendingState, { type: 'refuse', refusal: { ...no, requestId: 'r-1' }, attempt: 1 });
    expect({ state, answer }).toMatchObject({ state: 'failed', answer: { result: 'refused', requestId: 'r-1' } });
    expect(events).toMatchObject([{ definition: AmazonShipmentRejected, data: { refusal: { ...no, requestId: 'r-1' } } }]);
  });

  test('that was not sent has not been attempted', () => {
    expect(after(sendingState, { type: 'defer', why: no, nextAttemptAt: soon, attempt: 1 })).toMatchObject({
      state: 'pending',
      attempts: 0,
      nextAttemptAt: soon,
      events: [],
    });
  });

  test('that was sent again takes no answer to its earlier sending', () => {
    const again = aCommand({ ...sendingState, attempts: 2 });
    for (const step of [
      { type: 'refuse', refusal: no, attempt: 1 },
      { type: 'succeed', attempt: 1 },
      { type: 'lose', why: no, lookAt: soon, attempt: 1 },
    ] as const)
      expect(decide(again, step)).toMatchObject({ refused: 'already-done' });
  });

  test('that somebody else has claimed since takes no conclusion of whoever had it before', () => {
    const claimed = aCommand({ ...unknownState, fence: 3, leaseUntil: soon });
    for (const step of [
      { ...steps.absent, fence: 2 },
      { ...steps.found, fence: 2 },
      { ...steps.doubt, fence: 2 },
      { ...steps.lose, fence: 2 },
    ] as const)
      expect(decide(claimed, step)).toMatchObject({ refused: 'already-done' });
    expect(after(claimed, { ...steps.absent, fence: 3 })).toMatchObject({ state: 'pending', fence: 3, leaseUntil: null });
  });

  test.each(['defer', 'succeed', 'refuse', 'lose'] as const)('belongs to nobody any more after %s', (step) => {
    expect(after({ ...sendingState, fence: 1, leaseUntil: soon }, steps[step]).leaseUntil).toBeNull();
  });

  test('that is looked at in vain remembers what came of sending it', () => {
    const lost = after(sendingState, { type: 'lose', why: no, perhapsRefused: true, lookAt: soon, attempt: 1 });
    expect(lost).toMatchObject({ state: 'unknown', readBacks: 0, answer: { result: 'refused', ...no }, readBack: null });
    const again = after({ ...lost }, { type: 'lose', why: { code: 'circuit.open', words: 'later' }, lookAt: soon, attempt: 1 });
    expect(again).toMatchObject({ readBacks: 1, answer: { result: 'refused', ...no }, readBack: { result: 'unknown', words: 'later' } });
  });

  test('that is uncertain or late is told once, until a person has decided', () => {
    const doubted = after(unknownState, { type: 'doubt', words: 'who knows' });
    expect(doubted).toMatchObject({ state: 'unknown', nextAttemptAt: null });
    expect(doubted.events).toMatchObject([
      { definition: AmazonWriteUncertain, data: { kind: 'shipment', words: 'who knows', since: now } },
    ]);
    expect(after({ ...doubted }, { type: 'overdue', words: 'late' }).events).toEqual([]);
    const resent = after({ ...doubted }, { type: 'resend', by: 'Ada' });
    expect(resent).toMatchObject({ state: 'pending', nextAttemptAt: now, decision: { did: 'resend', by: 'Ada' }, events: [] });
    expect(after({ ...resent }, { type: 'overdue', words: 'late' }).events).toHaveLength(1);
  });

  test('that was restored from a backup is read back before it is sent; of a refund a person has to say, or the books', () => {
    const waiting = { state: 'pending', nextAttemptAt: soon } as const;
    expect(after(waiting, steps.recall)).toMatchObject({ state: 'unknown', nextAttemptAt: now, attempts: 0, events: [] });
    const paid = after({ ...waiting, kind: 'refund' }, steps.recall);
    expect(paid).toMatchObject({ state: 'unknown', nextAttemptAt: null, bookingLookAt: expect.any(String), uncertainAt: now });
    expect(paid.events).toMatchObject([{ definition: AmazonWriteUncertain, data: { kind: 'refund', words: no.words } }]);
  });

  test('that a person settles is done or failed for everybody', () => {
    const by = { by: 'Ada', note: 'seen in Seller Central' };
    expect(after(unknownState, { type: 'settle', as: 'done', ...by }).events).toMatchObject([{ definition: AmazonShipmentConfirmed }]);
    const failed = after(unknownState, { type: 'settle', as: 'failed', ...by });
    expect(failed).toMatchObject({ state: 'failed', decision: { did: 'failed', ...by } });
    expect(failed.events).toMatchObject([{ definition: AmazonShipmentRejected, data: { refusal: { words: by.note } } }]);
  });

  test('that has been overtaken by a correction is not sent again', () => {
    const correction = aCommand({ id: crypto.randomUUID(), request: { ...aCommand().request, revision: 2 } as Command['request'] });
    const context = ledgerContext(aPicture({ earlier: [correction] }));
    expect(decide(aCommand({ state: 'failed' }), steps.resend, context)).toMatchObject({
      refused: 'not-allowed',
      detail: expect.stringContaining('revision 2'),
    });
  });
});
