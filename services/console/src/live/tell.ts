import type { Event } from '@orderbus/contracts';
import type { Transaction } from '@orderbus/outbox';
import { type LiveEvent, liveEventOf } from './live-event.ts';

export const liveChannel = 'orderbus_console_live';

/**
 * Tells the open pages of all instances, once this transaction is committed: of what is rolled back nobody hears, of what is committed
 * everybody does, in the same order. PostgreSQL's NOTIFY does just that; a number that is polled for would not, since numbers do not become
 * visible in their order.
 */
export const tellLive = async (tx: Transaction, events: readonly Event[]): Promise<void> => {
  await tx.query('select pg_notify($1, payload) from unnest($2::text[]) with ordinality as told (payload, n) order by n', [
    liveChannel,
    payloadsOf(events.map(liveEventOf)),
  ]);
};

/** Tells the open pages that what they show may be different altogether. */
export const tellReload = async (tx: Transaction): Promise<void> => {
  await tx.query('select pg_notify($1, $2)', [liveChannel, JSON.stringify('reload')]);
};

export const readPayload = (payload: string): readonly LiveEvent[] | 'reload' => JSON.parse(payload);

/** PostgreSQL takes 8000 bytes. */
const mostBytes = 7_900;

const payloadsOf = (events: readonly LiveEvent[]): string[] => {
  const payloads: string[] = [];
  let open: string[] = [];
  let bytes = 2;
  const close = (): void => {
    if (open.length > 0) payloads.push(`[${open.join(',')}]`);
    open = [];
    bytes = 2;
  };
  for (const event of events) {
    const text = JSON.stringify(event);
    const size = Buffer.byteLength(text) + 1;
    if (bytes + size > mostBytes) close();
    open.push(text);
    bytes += size;
  }
  close();
  return payloads;
};
