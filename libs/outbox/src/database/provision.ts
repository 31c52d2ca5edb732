import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { auditRole, installAudit } from '../audit/install.ts';
import type { Scribe } from './scribe.ts';

/** A service's place in the database: a schema, and a login role that sees nothing else. */
export interface Tenancy {
  readonly schema: string;
  readonly role: string;
  /** Default: true. Without an audit log the role owns its schema. */
  readonly audited?: boolean;
}

export interface ProvisionOptions {
  /** `postgres://` of a role that may create roles and schemas. */
  readonly adminUrl: string;
  readonly tenancies: readonly Tenancy[];
  /** The roles' passwords are derived from it, so that a second run finds the same ones; or it says what they are. */
  readonly secret: string | ((role: string) => string);
  /** Connections that each role may have at most, on the whole server. Default: as it is. */
  readonly connectionLimit?: number | undefined;
}

/**
 * Creates what is missing, takes back what a role should not have, changes nothing that is right, and answers with each schema's
 * connection URL.
 */
export const provision = async ({ adminUrl, tenancies, secret, connectionLimit }: ProvisionOptions): Promise<Record<string, string>> => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const limit = connectionLimit === undefined ? '' : ` connection limit ${connectionLimit}`;
  try {
    await makeTenancies(client, tenancies, (role) => `login password ${client.escapeLiteral(passwordOf(secret, role))}${limit}`);
  } finally {
    await client.end();
  }
  return tenantUrls({ adminUrl, tenancies, secret });
};

/** `login`: what the role of a service may do itself. */
export const makeTenancies = async (client: Scribe, tenancies: readonly Tenancy[], login: (role: string) => string): Promise<void> => {
  await closeDatabase(client);
  await ensureRole(client, auditRole, undefined);
  for (const { role } of tenancies) await ensureRole(client, role, login(role));
  for (const { schema, role, audited = true } of tenancies) {
    const name = client.escapeIdentifier(schema);
    await client.query(`create schema if not exists ${name}`);
    if (audited) await installAudit(client, schema, role);
    else await client.query(`alter schema ${name} owner to ${client.escapeIdentifier(role)}`);
    const others = tenancies.filter((other) => other.role !== role).map((other) => client.escapeIdentifier(other.role));
    await client.query(`revoke all on schema ${name} from ${['public', ...others].join()}`);
  }
};

/** Each schema's connection URL, as `provision` answers with it. Makes nothing. */
export const tenantUrls = ({
  adminUrl,
  tenancies,
  secret,
}: Pick<ProvisionOptions, 'adminUrl' | 'tenancies' | 'secret'>): Record<string, string> =>
  Object.fromEntries(tenancies.map(({ schema, role }) => [schema, urlFor(adminUrl, role, passwordOf(secret, role))]));

/** What PostgreSQL lets everybody do who may connect: make objects in `public`, and temporary ones. */
const closeDatabase = (client: Scribe): Promise<void> =>
  despiteOthers(async () => {
    await client.query('revoke create on schema public from public');
    await client.query(`do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$`);
  });

/** What is right already is not named: PostgreSQL asks for a right to say `nocreatedb`, even of a role that has it not. */
const ensureRole = (client: Scribe, role: string, login: string | undefined): Promise<void> =>
  despiteOthers(async () => {
    const name = client.escapeIdentifier(role);
    const { rows } = await client.query<{ canLogin: boolean; tooMuch: string[]; memberOf: string[] }>(
      `select rolcanlogin as "canLogin",
         array_remove(array[case when rolsuper then 'nosuperuser' end, case when rolcreatedb then 'nocreatedb' end,
           case when rolcreaterole then 'nocreaterole' end, case when rolreplication then 'noreplication' end,
           case when rolbypassrls then 'nobypassrls' end], null) as "tooMuch",
         array(select m.roleid::regrole::text from pg_auth_members m where m.member = r.oid) as "memberOf"
       from pg_roles r where rolname = $1`,
      [role],
    );
    const [found] = rows;
    if (!found) await client.query(`create role ${name} ${login ?? ''}`);
    const mended = [...(found?.tooMuch ?? []), ...(login === undefined && found?.canLogin ? ['nologin'] : [])];
    if (found && (login || mended.length > 0)) await client.query(`alter role ${name} ${[login, ...mended].join(' ')}`);
    for (const group of found?.memberOf ?? []) await client.query(`revoke ${group} from ${name}`);
    // Owning a schema can only be given to a role that one is a member of.
    await client.query(`grant ${name} to current_user`);
  });

/** Roles and databases belong to the whole server: another installation or test may be changing the same one just now. */
const despiteOthers = async (work: () => Promise<void>): Promise<void> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 20 || !/concurrently|already exists|duplicate key/i.test((error as Error).message)) throw error;
      await sleep(25 + Math.random() * 75);
    }
  }
};

const passwordOf = (secret: ProvisionOptions['secret'], role: string): string =>
  typeof secret === 'function' ? secret(role) : createHmac('sha256', secret).update(`database role ${role}`).digest('base64url');

const urlFor = (adminUrl: string, role: string, password: string): string => {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = password;
  return url.href;
};
