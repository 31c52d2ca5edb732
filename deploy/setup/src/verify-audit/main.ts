/**
 * `npm run audit:verify`: computes the audit logs again and names the first entry of each that is not as it was written; exit code 1 then.
 * Arguments: schemas, by default all; `--anchor=<schema>:<seq>:<hash>`, as a service has logged it, for what a database cannot know of itself.
 */
import { parseArgs } from 'node:util';
import { type AuditAnchor, type AuditVerification, verifyAudits } from '@orderbus/outbox';
import { loadConfig, url } from '@orderbus/service-kit';
import { z } from 'zod';

const Config = z.object({
  /** The administrator's: all logs. */
  ADMIN_DATABASE_URL: url(['postgres', 'postgresql']).optional(),
  /** Or a service's: its own. */
  DATABASE_URL: url(['postgres', 'postgresql']).optional(),
});

const anchorsIn = (texts: readonly string[]): Map<string, AuditAnchor[]> => {
  const anchors = new Map<string, AuditAnchor[]>();
  for (const text of texts) {
    const [, schema, seq, hash] = /^([^:]+):(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
    if (schema === undefined || hash === undefined) throw new Error(`--anchor=${text}: expected <schema>:<seq>:<hash>`);
    anchors.set(schema, [...(anchors.get(schema) ?? []), { seq: Number(seq), hash }]);
  }
  return anchors;
};

const describe = ({ schema, entries, head, unanswered, broken }: AuditVerification & { readonly schema: string }): string => {
  if (broken !== undefined)
    return `${schema}: BROKEN at entry ${broken.seq}: ${broken.fault}. The ${entries} before it are as they were written`;
  const open = unanswered.length === 0 ? '' : `; asked, and not answered: ${unanswered.join(', ')}`;
  return `${schema}: ${entries} entries, as they were written; the last is ${head.seq}, ${head.hash}${open}`;
};

const { positionals, values } = parseArgs({ allowPositionals: true, options: { anchor: { type: 'string', multiple: true } } });
const { ADMIN_DATABASE_URL, DATABASE_URL } = loadConfig(Config, process.env);
const address = ADMIN_DATABASE_URL ?? DATABASE_URL;
if (address === undefined) throw new Error('ADMIN_DATABASE_URL or DATABASE_URL has to be set');

const found: string[] = [];
const options = { url: address, anchors: anchorsIn(values.anchor ?? []), ...(positionals.length === 0 ? {} : { schemas: positionals }) };
for await (const verification of verifyAudits(options)) {
  found.push(verification.schema);
  process.stdout.write(`${describe(verification)}\n`);
  if (verification.broken !== undefined) process.exitCode = 1;
}
// Not to be seen, or not to be there: both are no good news.
for (const schema of positionals.length === 0 && found.length === 0
  ? ['every schema']
  : positionals.filter((name) => !found.includes(name))) {
  process.stderr.write(`${schema}: no audit log that this role may read\n`);
  process.exitCode = 1;
}
