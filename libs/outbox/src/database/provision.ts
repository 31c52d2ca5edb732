import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { auditRole, installAudit } from '../audit/install.ts';

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
  /** The roles' passwords are derived from it, so that a second run finds the same ones. */
  readonly secret: string;
}

/** Creates what is missing, changes nothing that is right, and answers with each schema's connection URL. */
export const provision = async ({ adminUrl, tenancies, secret }: ProvisionOptions): Promise<Record<string, string>> => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('revoke create on schema public from public');
    await ensureRole(client, auditRole, 'nologin');
    for (const { schema, role, audited = true } of tenancies) {
      await ensureRole(client, role, `login password ${client.escapeLiteral(passwordOf(secret, role))}`);
      await client.query(`create schema if not exists ${client.escapeIdentifier(schema)}`);
      if (audited) await installAudit(client, schema, role);
      else await client.query(`alter schema ${client.escapeIdentifier(schema)} owner to ${client.escapeIdentifier(role)}`);
    }
  } finally {
    await client.end();
  }
  return Object.fromEntries(tenancies.map(({ schema, role }) => [schema, urlFor(adminUrl, role, passwordOf(secret, role))]));
};

/** Roles belong to the whole server: another installation or test may be creating the same one just now. */
const ensureRole = async (client: pg.Client, role: string, login: string): Promise<void> => {
  const name = client.escapeIdentifier(role);
  for (let attempt = 0; ; attempt++) {
    try {
      const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
      const options = `${login} nosuperuser nocreatedb nocreaterole`;
      await client.query(rowCount ? `alter role ${name} ${options}` : `create role ${name} ${options}`);
      // Owning a schema can only be given to a role that one is a member of.
      await client.query(`grant ${name} to current_user`);
      return;
    } catch (error) {
      if (attempt === 20 || !/concurrently|already exists|duplicate key/i.test((error as Error).message)) throw error;
      await sleep(25 + Math.random() * 75);
    }
  }
};

const passwordOf = (secret: string, role: string): string =>
  createHmac('sha256', secret).update(`database role ${role}`).digest('base64url');

const urlFor = (adminUrl: string, role: string, password: string): string => {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = password;
  return url.href;
};
