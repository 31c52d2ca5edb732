import type { Database } from '@orderbus/outbox';
import type { KeyRing } from '@orderbus/service-kit';

/** A file that waits for its message. */
export interface Attachment {
  readonly id: string;
  readonly tenant: string;
  readonly orderId: string;
  readonly mediaType: string;
  readonly file: Buffer;
}

export const attachmentContext = (id: string): string => `attachment:${id}`;

/** Kept once, however often it comes. Nothing is kept for an order whose buyer has been forgotten. */
export const keepAttachment = async (
  database: Database,
  sealer: KeyRing,
  { id, tenant, orderId, mediaType, file }: Attachment,
  now: Date,
): Promise<void> => {
  await database.query(
    `insert into contact_attachment (id, tenant, order_id, media_type, bytes, sealed_file, uploaded_at)
     select $1, $2, o.id, $4, $5, $6, $7 from amazon_order o where o.id = $3 and o.buyer_purged_at is null for share
     on conflict (id) do nothing`,
    [id, tenant, orderId, mediaType, file.length, sealer.seal(file.toString('base64'), attachmentContext(id)), now.toISOString()],
  );
};

export const findAttachment = async (database: Database, sealer: KeyRing, id: string): Promise<Buffer | undefined> => {
  const [row] = await database.query<{ sealed: string }>('select sealed_file as sealed from contact_attachment where id = $1', [id]);
  return row && Buffer.from(String(sealer.open(row.sealed, attachmentContext(id))), 'base64');
};

/** Which of these are kept for the order. */
export const attachmentsAmong = async (database: Database, orderId: string, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const rows: { id: string }[] = await database.query('select id from contact_attachment where order_id = $1 and id = any($2::uuid[])', [
    orderId,
    ids,
  ]);
  return new Set(rows.map(({ id }) => id));
};
