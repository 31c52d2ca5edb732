import type { Service } from '@orderbus/service-kit';
import type { Harness } from '@orderbus/testkit';
import fc from 'fast-check';
import type { WishCommand } from '../src/domain/order.ts';
import { ada } from './builders.ts';

/** Something that a person does: over HTTP, and to the model. */
export interface Act {
  readonly path: string;
  readonly method: 'POST' | 'PUT';
  readonly body?: object;
  /** What is answered when it is done. */
  readonly granted: 200 | 201;
  readonly wish: WishCommand;
  readonly key: string;
}

const lineId = '10000000000001';
const cancellationId = '0198c2a4-7000-7000-8000-0000000000c7';

const post = (path: string, wish: object, body?: object): Omit<Act, 'key'> => ({
  ...{ path, method: 'POST', granted: path === 'comments' ? 201 : 200, wish: { ...wish, ...ada } as WishCommand },
  ...(body === undefined ? {} : { body }),
});
const put = (path: string, wish: object, body: object): Omit<Act, 'key'> => ({ ...post(path, wish, body), method: 'PUT' });

/** Anything that people may want, whether it makes sense or not. */
export const acts: fc.Arbitrary<Act> = fc
  .tuple(
    fc.oneof(
      fc.constant(post('hold', { type: 'hold', reason: 'wait' }, { reason: 'wait' })),
      fc.constant(post('release', { type: 'release' })),
      fc.constant(post('decline-cancel-request', { type: 'decline-buyer-cancel' })),
      fc.constant(post('accept-cancel-request', { type: 'accept-buyer-cancel', cancellationId })),
      fc.constant(post('admit', { type: 'admit' })),
      fc.option(fc.integer({ min: 1, max: 3 }), { freq: 1 }).map((quantity) => {
        const asked = { reason: 'no-inventory', ...(quantity === null ? {} : { lines: [{ lineId, quantity }] }) };
        return post('cancel', { type: 'request-cancel', cancellationId, ...asked }, asked);
      }),
      fc.constant(
        post('comments', { type: 'comment', commentId: cancellationId, text: 'Called', notify: false, visible: false }, { text: 'Called' }),
      ),
      fc.constantFrom('first', null).map((note) => put('note', { type: 'set-note', note }, { note })),
      fc.subarray(['gift', 'vip']).map((tags) => put('tags', { type: 'set-tags', tags }, { tags })),
    ),
    fc.uuid(),
  )
  // Each wish is another one: two that ask to cancel are two cancellations.
  .map(([act, key]) => ({ ...act, key, wish: 'cancellationId' in act.wish ? { ...act.wish, cancellationId: key } : act.wish }));

/** Does it over HTTP, and answers with the status. Asking again under the same key is the same wish; while the first is under way, it waits. */
export const ask = async (harness: Harness<Service>, orderId: string, { method, path, body, key }: Act, nth: number): Promise<number> => {
  for (;;) {
    const response = await harness.as({ name: 'Ada' }).fetch(`/orders/${orderId}/${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'idempotency-key': `${key}-${nth}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as { code?: string };
    if (answer.code !== 'idempotency.in-flight') return response.status;
  }
};
