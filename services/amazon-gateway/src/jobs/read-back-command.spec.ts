import { describe, expect, test } from '@jest/globals';
import { AppError } from '@orderbus/kernel';
import { aCommand, now, orderId } from '../../test/a-command.ts';
import type { Command } from '../domain/command.ts';
import type { Snapshot } from '../domain/translate.ts';
import { readBackCommand } from './read-back-command.ts';

const line = { lineId: '10000000000001', sku: 'SKU-1', title: 'A mug', quantity: 2, quantityShipped: 0, taxCollectedBy: 'seller' } as const;
const shown: Snapshot = {
  orderId,
  amazonOrderId: '111-0000001-0000001',
  marketplaceId: 'ATVPDKIKX0DER',
  status: 'unshipped',
  fulfilledBy: 'merchant',
  purchasedAt: '2026-03-01T10:00:00.000Z',
  updatedAt: now,
  programs: ['in-store-pickup'],
  lines: [line],
  balanced: true,
};

const readBack = (command: Partial<Command>, order: Partial<Snapshot> | Error = {}) => {
  const look = async () => {
    if (order instanceof Error) throw order;
    return { ...shown, ...order };
  };
  const lookAtContact = async () => ({ type: 'doubt', words: 'Look yourself.' }) as const;
  const options = { look, lookAtContact, now: () => new Date(now), delaysMs: [5_000, 20_000, 60_000] };
  return readBackCommand(aCommand({ state: 'unknown', attempts: 1, ...command }), options, AbortSignal.timeout(1_000));
};

const pickup = (status: 'ready' | 'picked-up' | 'refused'): Partial<Command> => ({
  kind: 'pickup',
  request: { kind: 'pickup', orderId, status },
});

describe('reading back', () => {
  test.each([
    ['picked-up', { status: 'shipped' }],
    ['picked-up', { lines: [{ ...line, quantityShipped: 2 }] }],
    ['refused', { status: 'canceled' }],
    ['ready', { status: 'shipped' }],
  ] as const)('finds a pickup that is %s', async (status, order) => {
    expect(await readBack(pickup(status), order as Partial<Snapshot>)).toMatchObject({ type: 'found' });
  });

  test.each(['picked-up', 'refused', 'ready'] as const)(
    'sends a pickup that no order shows again (%s), and then asks a person',
    async (status) => {
      expect(await readBack(pickup(status))).toMatchObject({ type: 'absent', nextAttemptAt: now });
      expect(await readBack({ ...pickup(status), attempts: 2 })).toMatchObject({
        type: 'absent',
        nextAttemptAt: '2026-03-02T12:00:30.000Z',
      });
      expect(await readBack({ ...pickup(status), attempts: 3 })).toMatchObject({
        type: 'doubt',
        words: expect.stringContaining('Seller Central'),
      });
    },
  );

  test('waits longer after each look that tells nothing, and as long as Amazon wants', async () => {
    const ill = new AppError('unavailable', 'amazon.internal-failure', { status: 500 });
    expect(await readBack({}, ill)).toMatchObject({ type: 'lose', lookAt: '2026-03-02T12:00:20.000Z' });
    expect(await readBack({ readBacks: 7 }, ill)).toMatchObject({ type: 'lose', lookAt: '2026-03-02T12:01:00.000Z' });
    const throttled = new AppError('unavailable', 'budget.exhausted', { sent: false, retryAfterMs: 300_000 });
    expect(await readBack({}, throttled)).toMatchObject({ type: 'lose', lookAt: '2026-03-02T12:05:00.000Z' });
  });
});
