import { expect, test } from '@jest/globals';
import { drawOne, warmUp } from '../src/warm-up.ts';

test('the first sheet of a process is drawn for nobody', async () => {
  expect(await drawOne()).toBeGreaterThan(1_000);
});

test('a service that stops before it does not wait for it', async () => {
  const part = warmUp(60_000);
  await part.start?.();
  await part.stop?.();
  expect(part.name).toBe('document warm-up');
});
