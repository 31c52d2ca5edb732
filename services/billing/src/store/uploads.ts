import type { Transaction } from '@orderbus/outbox';
import type { Upload } from '../domain/upload.ts';

const tables = { invoice: 'invoice', 'credit-memo': 'credit_memo' } as const;

export interface NotedUpload {
  readonly documentType: keyof typeof tables;
  readonly documentId: string;
  readonly upload: Upload;
}

/** Shows on the documents where their upload stands. The last one of a document counts. */
export const noteUploads = async (tx: Transaction, noted: readonly NotedUpload[]): Promise<void> => {
  for (const [documentType, table] of Object.entries(tables)) {
    const latest = new Map(noted.filter((one) => one.documentType === documentType).map((one) => [one.documentId, one.upload]));
    if (latest.size === 0) continue;
    await tx.query(`update ${table} as d set upload = u.upload from unnest($1::uuid[], $2::jsonb[]) as u(id, upload) where d.id = u.id`, [
      [...latest.keys()],
      [...latest.values()].map((upload) => JSON.stringify(upload)),
    ]);
  }
};
