import { describe, expect, test } from '@jest/globals';
import { settle } from './settle.ts';

const delays = [10, 20];
const error = { class: 'NotYet', message: 'order.unknown' };

describe('a delivery', () => {
  test('that is done is forgotten', () => {
    expect(settle(1, { fate: 'done' }, delays)).toEqual({ act: 'forget' });
  });

  test('that is to be retried waits for the delay of its attempt and comes as the next attempt', () => {
    const deed = settle(2, { fate: 'retry', reason: 'too-early', error }, delays);
    expect(deed).toEqual({ act: 'copy-to-delay', delayMs: 20, attempt: 3, reason: 'too-early', error });
  });

  test('that has used up its delays is parked with its last reason', () => {
    expect(settle(3, { fate: 'retry', reason: 'too-early', error }, delays)).toEqual({ act: 'copy-to-parked', reason: 'too-early', error });
  });

  test('that is parked is parked at whatever attempt', () => {
    expect(settle(1, { fate: 'park', reason: 'not-allowed' }, delays)).toEqual({ act: 'copy-to-parked', reason: 'not-allowed' });
  });
});
