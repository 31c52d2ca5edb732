import { expect, test } from '@jest/globals';
import { placeOf } from './place.ts';
import type { Fix } from './reason.ts';

const fix = (kind: Fix['kind'], path = '/x'): Fix => ({ kind, path, service: 'order', method: 'POST', needs: ['operate'] });

test('what needs more than a yes is asked for where that is asked for', () => {
  expect(placeOf(fix('correct-address'), {})).toEqual({ dialog: 'address' });
  expect(placeOf(fix('edit-parcel', '/shipments/p-1'), {})).toEqual({ dialog: 'edit-parcel', about: 'p-1' });
  expect(placeOf(fix('hand-over', '/shipments/p-1/hand-over'), {})).toEqual({ dialog: 'hand-over-parcel', about: 'p-1' });
  expect(placeOf(fix('restock'), { sku: 'TEA-1' })).toEqual({ page: '/stock', search: { product: 'TEA-1' } });
  expect(placeOf(fix('renew-credentials', '/stores/s-1/credentials'), {})).toEqual({ store: 's-1' });
});

test('the rest is done where it is shown', () => {
  for (const kind of ['release', 'retry', 'send-now', 'settle-done', 'redrive-letter'] as const)
    expect(placeOf(fix(kind), {})).toBeUndefined();
});
