import { expect, test } from '@jest/globals';
import { decideBatch, tooLarge } from './batch.ts';
import type { Delivery, Settlement } from './port.ts';

const delivery = (id: string): Delivery => ({
  ...{ id, topic: 'a.v1', key: id, body: Buffer.from('{}'), headers: {} },
  attempt: 1,
  redelivered: false,
});

test('what has a fault is parked for it, and the handler sees only the others', async () => {
  const seen: string[] = [];
  const handler = async (batch: readonly Delivery[]): Promise<Settlement[]> => {
    seen.push(...batch.map(({ id }) => id));
    return [{ fate: 'retry', reason: 'early' }, { fate: 'done' }];
  };
  const deeds = await decideBatch(
    handler,
    [{ delivery: delivery('a') }, { delivery: delivery('b'), fault: 'bad' }, { delivery: delivery('c') }],
    [7],
  );
  expect(seen).toEqual(['a', 'c']);
  expect(deeds).toEqual([
    { act: 'copy-to-delay', delayMs: 7, attempt: 2, reason: 'early' },
    { act: 'copy-to-parked', reason: 'bad' },
    { act: 'forget' },
  ]);
});

test('a batch of faults alone does not reach the handler', async () => {
  const handler = () => Promise.reject(new Error('called'));
  expect(await decideBatch(handler, [{ delivery: delivery('a'), fault: 'bad' }], [])).toEqual([{ act: 'copy-to-parked', reason: 'bad' }]);
});

test('too few or too many settlements settle nothing', async () => {
  await expect(decideBatch(async () => [], [{ delivery: delivery('a') }], [])).rejects.toThrow('0 settlements for 1 deliveries');
  const two: Settlement[] = [{ fate: 'done' }, { fate: 'done' }];
  await expect(decideBatch(async () => two, [{ delivery: delivery('a') }], [])).rejects.toThrow('2 settlements for 1 deliveries');
});

test('a body is too large above the limit, not at it', () => {
  expect([tooLarge(Buffer.alloc(10), 10), tooLarge(Buffer.alloc(11), 10)]).toEqual([undefined, 'message too large']);
});
