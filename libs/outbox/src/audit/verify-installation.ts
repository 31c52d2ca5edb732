import pg from 'pg';
import { getTypeParser } from '../database/open.ts';
import type { AuditAnchor } from './keep.ts';
import { type AuditVerification, verifyAudit } from './verify.ts';

export interface InstallationOptions {
  /** `postgres://` of a role that may read the audit logs: the administrator all, a service's role its own. */
  readonly url: string;
  /** Default: all that the role may read. */
  readonly schemas?: readonly string[];
  /** By schema: anchors that were recorded elsewhere. */
  readonly anchors?: ReadonlyMap<string, readonly AuditAnchor[]>;
}

/** Verifies one audit log after the other, each as it is at one moment. Changes nothing, and needs no service to run. */
export async function* verifyAudits({
  url,
  schemas,
  anchors,
}: InstallationOptions): AsyncGenerator<AuditVerification & { readonly schema: string }> {
  const client = new pg.Client({ connectionString: url, types: { getTypeParser: getTypeParser as never } });
  await client.connect();
  const query = async <Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> =>
    (await client.query(sql, [...parameters])).rows as Row[];
  try {
    const readable = await query<{ schema: string }>(
      `select n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relname = 'audit_head' and has_table_privilege(c.oid, 'select') and has_schema_privilege(n.oid, 'usage')
         and ($1::text[] is null or n.nspname = any($1)) order by 1`,
      [schemas ?? null],
    );
    for (const { schema } of readable) {
      await client.query('begin isolation level repeatable read, read only');
      await client.query(`set local search_path = ${client.escapeIdentifier(schema)}`);
      yield { schema, ...(await verifyAudit({ query }, { schema, anchors: anchors?.get(schema) ?? [] })) };
      await client.query('commit');
    }
  } finally {
    await client.end();
  }
}
