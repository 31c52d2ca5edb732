import { describe, expect, test } from '@jest/globals';
import { aPicture, orderId } from '../../test/a-command.ts';
import { cancellationShown } from './feed-read-back.ts';
import type { CancellationRequest } from './write-request.ts';

const lineId = '10000000000001';
const asked = (lines?: CancellationRequest['lines']): CancellationRequest => ({
  ...{ kind: 'cancellation', orderId, number: '1', amazonOrderId: '111-0000001-0000001', reason: 'no-inventory' },
  cancellationId: '0198c2a4-7000-7000-8000-0000000000c1',
  ...(lines && { lines }),
});
const before = (quantity: number) => [{ lineId, quantity }];

describe('a cancellation of which nobody knows', () => {
  test('of a whole order has happened when the order is canceled, and not before', () => {
    expect(cancellationShown(asked(), aPicture({ status: 'canceled' }), undefined)).toBe('found');
    expect(cancellationShown(asked(), aPicture(), undefined)).toBe('absent');
  });

  test('of units has happened when just as many are missing', () => {
    const wish = asked([{ lineId, quantity: 1 }]);
    expect(cancellationShown(wish, aPicture(), before(3))).toBe('found');
    expect(cancellationShown(wish, aPicture(), before(2))).toBe('absent');
    expect(cancellationShown(wish, aPicture(), before(4))).toBe('unclear');
    expect(cancellationShown(wish, aPicture({ status: 'canceled' }), before(2))).toBe('found');
  });
});
