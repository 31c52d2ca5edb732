import { expect, test } from '@jest/globals';
import { openIntake } from './intake.ts';

test('a batch is taken at once when it is full, and the rest stays', async () => {
  const intake = openIntake<number>();
  for (const item of [1, 2, 3]) intake.put(item);
  expect(await intake.take(2, { waitMs: 60_000, notBefore: 0 })).toEqual([1, 2]);
  expect(await intake.take(1, { waitMs: 60_000, notBefore: 0 })).toEqual([3]);
});

test('a batch that fills while it waits is taken then', async () => {
  const intake = openIntake<number>();
  const taken = intake.take(2, { waitMs: 60_000, notBefore: 0 });
  intake.put(1);
  intake.put(2);
  expect(await taken).toEqual([1, 2]);
});

test('a batch that does not fill is taken when the wait after its first item is over', async () => {
  const intake = openIntake<number>();
  const taken = intake.take(3, { waitMs: 20, notBefore: 0 });
  intake.put(1);
  intake.put(2);
  expect(await taken).toEqual([1, 2]);
});

test('a batch that does not fill gathers until its time has come, a full one does not', async () => {
  const intake = openIntake<number>();
  const notBefore = performance.now() + 60;
  intake.put(1);
  const taken = intake.take(3, { waitMs: 0, notBefore });
  setTimeout(() => intake.put(2), 20);
  expect(await taken).toEqual([1, 2]);
  expect(performance.now()).toBeGreaterThan(notBefore - 2);
  for (const item of [3, 4]) intake.put(item);
  expect(await intake.take(2, { waitMs: 0, notBefore: performance.now() + 60_000 })).toEqual([3, 4]);
});

test('nothing is taken from a closed intake', async () => {
  const intake = openIntake<number>();
  const taken = intake.take(1, { waitMs: 0, notBefore: 0 });
  intake.close();
  expect(await taken).toEqual([]);
  intake.put(1);
  expect(await intake.take(1, { waitMs: 0, notBefore: 0 })).toEqual([]);
});
