import { describe, expect, test } from '@jest/globals';
import type { BuyerData } from '@orderbus/contracts';
import { orderIdOf } from '@orderbus/kernel';
import { generateKey, keyRing } from '@orderbus/service-kit';
import fc from 'fast-check';
import type { KeepBuyer, VaultCommand } from './commands.ts';
import { decideWith } from './decide.ts';
import { openBuyer } from './kept-buyer.ts';
import type { VaultRow } from './vault-row.ts';

const ring = keyRing(`test:${generateKey()}`);
const orderId = orderIdOf('store-1', '111-0000001-0000001');
const about = { id: orderId, tenant: 'store-1' };
const march = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T00:00:00.000Z`;

interface Played {
  readonly row: VaultRow | undefined;
  readonly words: readonly string[];
}

/** What the library and the store do with a decision, in memory. */
const play = (commands: readonly VaultCommand[]): Played =>
  commands.reduce<Played>(
    ({ row, words }, command) => {
      let found = words;
      const findBy = (_: string, next: readonly string[]): void => {
        found = next;
      };
      const decision = decideWith(ring)(row, command, about, { findBy, note: () => undefined, customerKeyOf: () => null });
      if ('refused' in decision) return { row, words };
      return { row: { ...decision.state, ...about, version: (row?.version ?? 0) + decision.events.length }, words: found };
    },
    { row: undefined, words: [] },
  );

/** All that can be told from outside. Keys and nonces are chance. */
const outcomeOf = ({ row, words }: Played) => {
  if (row === undefined) return undefined;
  const { wrappedKey: _, sealed: __, arrived: ___, correction: ____, ...dates } = row;
  return { ...dates, ...openBuyer(ring, { ...row, purgeDueAt: '' }), words };
};

/** Snapshots as the gateway numbers them: some show a buyer, he may be another one, and once delivered an order stays so. */
const histories = fc
  .array(
    fc.record({ name: fc.option(fc.constantFrom('Ada', 'Grace', 'Linus')), days: fc.integer({ min: 1, max: 9 }), delivered: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((shown) =>
    shown.map(
      ({ name, days, delivered }, n): KeepBuyer => ({
        type: 'keep',
        orderId,
        sealed: name === null ? undefined : ring.seal({ name } satisfies BuyerData, orderId),
        facts: {
          purchasedAt: march(1),
          shipBy: march(1 + days),
          deliverBy: null,
          deliveredAt: delivered ? march(10 + n) : null,
          canceledAt: null,
        },
        version: n + 1,
      }),
    ),
  );

describe('the vault', () => {
  test('ends in the same state whatever is delayed, repeated and reordered', () => {
    const arrivals = histories.chain((history) =>
      fc.tuple(fc.constant(history), fc.shuffledSubarray(history, { minLength: history.length }), fc.shuffledSubarray(history)),
    );
    fc.assert(
      fc.property(arrivals, ([history, shuffled, again]) => {
        expect(outcomeOf(play([...shuffled, ...again]))).toEqual(outcomeOf(play(history)));
      }),
    );
  });

  test('keeps nothing after a purge, whenever it comes', () => {
    const by = { actor: { id: 'service:order', name: 'purge job' }, correlationId: 'c' };
    const purge: VaultCommand = { type: 'purge', reason: 'retention', by, at: march(31) };
    fc.assert(
      fc.property(histories, fc.nat(), (history, at) => {
        const split = 1 + (at % history.length);
        const { row, words } = play([...history.slice(0, split), purge, ...history.slice(split), ...history]);
        expect(row).toMatchObject({ wrappedKey: null, sealed: null, arrived: null, purgedAt: march(31), version: 1 });
        expect(words).toEqual([]);
      }),
    );
  });
});
