import { describe, expect, test } from '@jest/globals';
import { DeadLettersOpened, DeadLettersSettled } from '@orderbus/contracts';
import { isNews, sort } from './pile.ts';

const orderId = '5b6c1f0e-52a5-5d0c-9a55-3f1c8f2f7a10';
const letter = (overrides: object = {}, message: unknown = { tenant: 'main', data: { orderId } }) => ({
  ...{ topic: 'order.created.v1', reason: 'too-early: not an order yet', errorClass: null },
  ...overrides,
  payload: Buffer.from(typeof message === 'string' ? message : JSON.stringify(message)),
});

describe('a dead letter', () => {
  test('is on the pile of its store, its event and the code of its reason, and names its order', () => {
    expect(sort(letter())).toEqual({ orderId, pile: { tenant: 'main', topic: 'order.created.v1', reason: 'too-early', errorClass: '' } });
    expect(sort(letter({ reason: 'error', errorClass: 'TypeError' })).pile).toMatchObject({ reason: 'error', errorClass: 'TypeError' });
  });

  test.each([
    ['a stranger wrote it', letter({ topic: 'Mara Lind', reason: 'Mara Lind', errorClass: 'mara lind, 12 Elm Street' }, 'Mara Lind')],
    [
      'its fields hold what they should not',
      letter({ topic: '', reason: '', errorClass: '' }, { tenant: 'Mara Lind', data: { orderId: 'Mara' } }),
    ],
    ['it has no fields', letter({ topic: 'x', reason: 'message without id or type', errorClass: 'e' }, [])],
    ['it is nothing', letter({ topic: 'v1', reason: ': Mara', errorClass: 'e' }, 'null')],
    ['its data is nothing', letter({ topic: 'v1', reason: '-', errorClass: 'e' }, { tenant: 7, data: null })],
  ])('tells nothing but what we have words for: %s', (_, stranger) => {
    const unknown = { tenant: '*', topic: 'unknown', reason: 'unknown', errorClass: 'unknown' };
    expect(sort(stranger)).toEqual({ pile: unknown, orderId: undefined });
  });

  test('about dead letters is on no pile: telling of it would make another one', () => {
    for (const { topic } of [DeadLettersOpened, DeadLettersSettled]) expect(sort(letter({ topic })).pile).toBeUndefined();
  });
});

describe('a pile is told of', () => {
  const at = (seconds: number) => new Date(Date.parse('2026-03-01T10:00:00Z') + seconds * 1_000);
  const toldAt = at(0).toISOString();

  test.each([
    ['with its first letter', { told: 0, toldAt: null }, 1, 0, true],
    ['with its first letter after it had been settled', { told: 0, toldAt }, 1, 1, true],
    ['when its last letter is settled', { told: 700, toldAt }, 0, 1, true],
    ['not while nothing changes', { told: 3, toldAt }, 3, 86_400, false],
    ['not within a minute, however many there are', { told: 1, toldAt }, 10_000, 59, false],
    ['after a minute, when they have doubled', { told: 1, toldAt }, 10_000, 60, true],
    ['after a minute, when half of them are settled', { told: 10, toldAt }, 5, 60, true],
    ['not for a few more or fewer', { told: 10, toldAt }, 19, 3_599, false],
    ['within an hour, for a single one', { told: 10, toldAt }, 11, 3_600, true],
  ])('%s', (_, told, open, seconds, expected) => {
    expect(isNews(told, open, at(seconds))).toBe(expected);
  });

  test('seldom in a storm: one letter each second for a day is told 35 times at most', () => {
    let told = { told: 0, toldAt: null as string | null };
    let events = 0;
    for (let second = 0; second < 86_400; second++) {
      const open = second + 1;
      if (!isNews(told, open, at(second))) continue;
      told = { told: open, toldAt: at(second).toISOString() };
      events += 1;
    }
    expect(events).toBeLessThan(36);
  });
});
