import type { SealedColumn } from '@orderbus/service-kit';
import { credentialsContext } from '../credentials.ts';
import { attachmentContext } from './contact-attachments.ts';
import { letterContext } from './contact-letters.ts';

/** Everything that this service keeps sealed, and for what each row is sealed. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'store', idType: 'text', column: 'sealed_credentials', contextOf: credentialsContext },
  { table: 'amazon_order', idType: 'uuid', column: 'sealed_buyer', contextOf: (orderId) => orderId },
  { table: 'contact_letter', idType: 'uuid', column: 'sealed_letter', contextOf: letterContext },
  { table: 'contact_attachment', idType: 'uuid', column: 'sealed_file', contextOf: attachmentContext },
  {
    table: 'event_log',
    id: 'seq',
    idType: 'bigint',
    column: 'data',
    within: 'json',
    context: 'aggregate_id',
    contextOf: (orderId) => orderId,
  },
  { table: 'unreadable_order', idType: 'uuid', column: 'sealed_raw', contextOf: (rawId) => rawId },
];
