import { describe, expect, test } from '@jest/globals';
import type { ListedOrder } from '../orders.ts';
import { undoOf } from './undo.ts';

const anOrder = (id: string, about: Partial<ListedOrder> = {}): ListedOrder => ({
  id,
  tenant: 'harbor',
  number: id,
  amazonOrderId: `113-${id}`,
  marketplaceId: 'ATVPDKIKX0DER',
  fulfilledBy: 'merchant',
  state: 'processing',
  status: 'processing',
  amazonStatus: 'unshipped',
  purchasedAt: '2026-11-29T12:00:00.000Z',
  units: 1,
  stock: 'reserved',
  blockReasons: [],
  cancelRequested: false,
  programs: [],
  updatedAt: '2026-11-29T12:00:00.000Z',
  attention: [],
  note: null,
  tags: [],
  ...about,
});

const done = (id: string) => ({ id, name: id, done: true });
const refused = (id: string) => ({ id, name: id, done: false, why: 'it is canceled' });

describe('what was done to many orders', () => {
  const one = anOrder('1', { tags: ['gift'], note: 'call', status: 'checked' });
  const other = anOrder('2');

  test('is taken back where it was done', () => {
    expect(undoOf({ kind: 'hold' }, [one, other], [done('1'), refused('2')])).toEqual([{ wish: { kind: 'release' }, orders: [one] }]);
  });

  test('leaves a tag where it was before', () => {
    expect(undoOf({ kind: 'tag', add: ['gift'], remove: [] }, [one, other], [done('1'), done('2')])).toEqual([
      { wish: { kind: 'tag', add: [], remove: ['gift'] }, orders: [other] },
    ]);
  });

  test('gives a tag back to those that had it', () => {
    expect(undoOf({ kind: 'tag', add: [], remove: ['gift'] }, [one, other], [done('1'), done('2')])).toEqual([
      { wish: { kind: 'tag', add: ['gift'], remove: [] }, orders: [one] },
    ]);
  });

  test('gives each its own note and status back', () => {
    expect(undoOf({ kind: 'note', note: 'new' }, [one, other], [done('1'), done('2')])).toEqual([
      { wish: { kind: 'note', note: 'call' }, orders: [one] },
      { wish: { kind: 'note', note: null }, orders: [other] },
    ]);
    expect(undoOf({ kind: 'status', status: 'late' }, [one], [done('1')])).toEqual([
      { wish: { kind: 'status', status: 'checked' }, orders: [one] },
    ]);
  });

  test.each([{ kind: 'cancel', reason: 'no-inventory' }, { kind: 'invoice' }, { kind: 'comment', text: 'x' }, { kind: 'retry' }] as const)(
    'cannot be taken back: $kind',
    (wish) => {
      expect(undoOf(wish, [one], [done('1')])).toEqual([]);
    },
  );
});
