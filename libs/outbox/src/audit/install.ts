import { createHash } from 'node:crypto';
import type { Scribe } from '../database/scribe.ts';
import { originOf } from './entry.ts';

/** Owns the schemas and their audit logs. Nobody signs in as it. */
export const auditRole = 'orderbus_audit';

/**
 * Makes the audit log of a schema, or brings it up to date. The tables and functions belong to `orderbus_audit`; the service's role may read
 * the tables and call the functions, and that is all: it can neither change nor drop them, since it does not own the schema either.
 */
export const installAudit = async (client: Scribe, schema: string, role: string): Promise<void> => {
  const [s, owner, service] = [schema, auditRole, role].map((name) => client.escapeIdentifier(name)) as [string, string, string];
  const statements = [...tables(s, client.escapeLiteral(originOf(schema))), ...functions(s), ...guards(s), ...grants(s, service)];
  const edition = createHash('sha256').update(statements.join()).digest('hex');
  if (await isInstalled(client, schema, edition)) return;
  await client.query('begin');
  try {
    await client.query(`select pg_advisory_xact_lock(hashtext('orderbus audit'))`);
    await client.query(`alter schema ${s} owner to ${owner}`);
    await client.query(`set local role ${owner}`);
    await client.query(`grant usage, create on schema ${s} to ${service}`);
    for (const statement of statements) await client.query(statement);
    await client.query(`comment on table ${s}.audit_head is ${client.escapeLiteral(edition)}`);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
};

const isInstalled = async (client: Scribe, schema: string, edition: string): Promise<boolean> => {
  const { rowCount } = await client.query(
    `select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = n.nspowner
     where n.nspname = $1 and c.relname = 'audit_head' and r.rolname = $2 and obj_description(c.oid, 'pg_class') = $3`,
    [schema, auditRole, edition],
  );
  return rowCount === 1;
};

/** `audit_log` is kept in a part for each month, so that what is too old goes as a whole. */
const tables = (s: string, origin: string): string[] => [
  `create table if not exists ${s}.audit_log (
    seq bigint not null,
    at timestamptz(3) not null,
    actor text not null,
    actor_name text not null,
    on_behalf_of text,
    action text not null,
    subjects text[] not null,
    tenant text,
    reason text,
    fields text[] not null,
    outcome text not null check (outcome in ('asked', 'done', 'refused', 'failed', 'denied')),
    status int,
    answers bigint,
    correlation_id text not null,
    address text,
    prev_hash bytea not null,
    hash bytea not null,
    primary key (at, seq)) partition by range (at)`,
  // GET /audit of a person, a key or a service, and of an order.
  `create index if not exists audit_log_actor on ${s}.audit_log (actor, at desc, seq desc)`,
  `create index if not exists audit_log_subjects on ${s}.audit_log using gin (subjects)`,
  // The end of the chain. Whoever appends holds it until he commits: entries stand in the order in which they were committed.
  `create table if not exists ${s}.audit_head (
    one boolean primary key default true check (one),
    seq bigint not null,
    at timestamptz(3) not null,
    hash bytea not null,
    covered_until timestamptz not null)`,
  `insert into ${s}.audit_head (seq, at, hash, covered_until) values (0, 'epoch', decode(${origin}, 'hex'), 'epoch')
   on conflict do nothing`,
  // Entries as they were: 'head' the last one now and then, 'purge' the last one of a part that was purged.
  `create table if not exists ${s}.audit_anchor (
    seq bigint not null,
    kind text not null check (kind in ('head', 'purge')),
    at timestamptz(3) not null,
    hash bytea not null,
    primary key (seq, kind))`,
];

/** They run as their owner. Everything is named with its schema, and the path is fixed: what the service's role makes is never met. */
const functions = (s: string): string[] => [
  `create or replace function ${s}.audit_canonical(line ${s}.audit_log) returns text immutable language sql as $$
     select array_to_json(array[line.seq::text, (extract(epoch from line.at) * 1000)::bigint::text, line.actor, line.actor_name,
       line.on_behalf_of, line.action, array_to_json(line.subjects)::text, line.tenant, line.reason, array_to_json(line.fields)::text,
       line.outcome, line.status::text, line.answers::text, line.correlation_id, line.address])::text
   $$`,
  `create or replace function ${s}.audit_cover(moment timestamptz) returns void language plpgsql security definer
   set search_path = pg_catalog, pg_temp as $$
   declare
     month timestamp := date_trunc('month', moment at time zone 'UTC');
     part text;
   begin
     for n in 0..1 loop
       part := 'audit_log_' || to_char(month, 'YYYY_MM');
       if not exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid
                      where i.inhparent = '${s}.audit_log'::regclass and c.relname = part) then
         execute format('create table ${s}.%I (like ${s}.audit_log including all)', part);
         execute format('create trigger audit_refuse_truncate before truncate on ${s}.%I execute function ${s}.audit_refuse()', part);
         execute format('alter table ${s}.audit_log attach partition ${s}.%I for values from (%L) to (%L)',
           part, month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
       end if;
       month := month + interval '1 month';
     end loop;
     update ${s}.audit_head set covered_until = month at time zone 'UTC';
   end $$`,
  // Appends these rows, and answers with the seq of the first. Seq, time and hashes are given here, whatever the rows say.
  `create or replace function ${s}.audit_append(entries jsonb) returns bigint language plpgsql security definer
   set search_path = pg_catalog, pg_temp as $$
   declare
     head ${s}.audit_head;
     line ${s}.audit_log;
     lines ${s}.audit_log[] := '{}';
     moment timestamptz(3);
   begin
     select * into strict head from ${s}.audit_head for update;
     moment := greatest(clock_timestamp()::timestamptz(3), head.at);
     if moment >= head.covered_until then
       perform ${s}.audit_cover(moment);
     end if;
     line.seq := head.seq;
     line.hash := head.hash;
     for line.actor, line.actor_name, line.on_behalf_of, line.action, line.subjects, line.tenant, line.reason, line.fields, line.outcome,
         line.status, line.answers, line.correlation_id, line.address in
       select actor, actor_name, on_behalf_of, action, subjects, tenant, reason, fields, outcome, status, answers, correlation_id, address
       from jsonb_populate_recordset(null::${s}.audit_log, entries)
     loop
       line.seq := line.seq + 1;
       line.at := moment;
       line.prev_hash := line.hash;
       line.hash := sha256(line.prev_hash || convert_to(${s}.audit_canonical(line), 'UTF8'));
       lines := lines || line;
     end loop;
     insert into ${s}.audit_log select * from unnest(lines);
     update ${s}.audit_head set seq = line.seq, at = moment, hash = line.hash;
     return head.seq + 1;
   end $$`,
  // Records where the chain stands, unless it has not moved, and answers with that.
  `create or replace function ${s}.audit_anchor(out seq bigint, out hash text, out is_new boolean) language plpgsql security definer
   set search_path = pg_catalog, pg_temp as $$
   declare
     head ${s}.audit_head;
   begin
     select * into strict head from ${s}.audit_head for update;
     insert into ${s}.audit_anchor (seq, kind, at, hash)
       select head.seq, 'head', head.at, head.hash where head.seq > 0 on conflict do nothing;
     is_new := found;
     seq := head.seq;
     hash := encode(head.hash, 'hex');
   end $$`,
  // Drops the months that ended longer ago than this, oldest first, and answers with how many. Nothing younger than a year goes, whoever asks.
  `create or replace function ${s}.audit_purge(kept interval) returns int language plpgsql security definer
   set search_path = pg_catalog, pg_temp set lock_timeout = '2s' as $$
   declare
     part name;
     dropped int := 0;
   begin
     if kept < interval '365 days' then
       raise exception 'the audit log is kept for 365 days at least' using errcode = 'insufficient_privilege';
     end if;
     perform from ${s}.audit_head for update;
     for part in
       select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = '${s}.audit_log'::regclass
         and (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month') at time zone 'UTC' <= clock_timestamp() - kept
       order by c.relname
     loop
       execute format('insert into ${s}.audit_anchor (seq, kind, at, hash)
         select seq, ''purge'', at, hash from ${s}.%I order by at desc, seq desc limit 1', part);
       execute format('drop table ${s}.%I', part);
       dropped := dropped + 1;
     end loop;
     return dropped;
   end $$`,
  `create or replace function ${s}.audit_refuse() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
   begin
     raise exception 'the audit log is only ever appended to' using errcode = 'insufficient_privilege';
   end $$`,
];

/** The second line, for the owner and for administrators: a slip of the hand is refused. */
const guards = (s: string): string[] => [
  `create or replace trigger audit_refuse_change before update or delete on ${s}.audit_log for each row execute function ${s}.audit_refuse()`,
  `create or replace trigger audit_refuse_truncate before truncate on ${s}.audit_log execute function ${s}.audit_refuse()`,
  `create or replace trigger audit_refuse_change before update or delete on ${s}.audit_anchor for each row execute function ${s}.audit_refuse()`,
  `create or replace trigger audit_refuse_truncate before truncate on ${s}.audit_anchor execute function ${s}.audit_refuse()`,
  `create or replace trigger audit_refuse_change before delete on ${s}.audit_head for each row execute function ${s}.audit_refuse()`,
  `create or replace trigger audit_refuse_truncate before truncate on ${s}.audit_head execute function ${s}.audit_refuse()`,
];

const grants = (s: string, service: string): string[] => [
  `revoke all on ${s}.audit_log, ${s}.audit_head, ${s}.audit_anchor from public, ${service}`,
  `grant select on ${s}.audit_log, ${s}.audit_head, ${s}.audit_anchor to ${service}`,
  ...['append(jsonb)', 'anchor()', 'purge(interval)', 'cover(timestamptz)'].map(
    (name) => `revoke all on function ${s}.audit_${name} from public`,
  ),
  ...['append(jsonb)', 'anchor()', 'purge(interval)'].map((name) => `grant execute on function ${s}.audit_${name} to ${service}`),
];
