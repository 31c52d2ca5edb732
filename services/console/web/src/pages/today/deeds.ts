import { done, gateway } from '../../api/services.ts';
import type { Need } from './answers.ts';
import type { DeedKey } from './remedy.ts';

/** What mends a need at once. Asking for it twice does it once. */
export const deeds: Readonly<Record<DeedKey, (need: Need) => Promise<unknown>>> = {
  'read-again': ({ tenant, amazonOrderId = '' }) =>
    done(
      gateway.POST('/stores/{storeId}/orders/{amazonOrderId}/recover', {
        params: { path: { storeId: tenant, amazonOrderId }, header: once() },
      }),
    ),
  'sync-now': ({ tenant }) => done(gateway.POST('/stores/{storeId}/sync', { params: { path: { storeId: tenant }, header: once() } })),
  'write-again': ({ facts: { storeId } }) =>
    typeof storeId === 'string'
      ? done(gateway.PATCH('/stores/{storeId}', { params: { path: { storeId } }, body: { readOnly: false } }))
      : done(gateway.PUT('/installation/read-only', { body: { readOnly: false } })),
  'confirm-copy': () => done(gateway.POST('/installation/confirm', { params: { header: once() } })),
};

const once = () => ({ 'Idempotency-Key': crypto.randomUUID() });
