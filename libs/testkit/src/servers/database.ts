import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  /** A superuser's URL of a database that nobody else uses. */
  readonly url: string;
  drop(): Promise<void>;
}

export interface Template {
  /** Names the template; another one is built when it changes. */
  readonly name: string;
  /** Fills an empty database, once per content of `fingerprint`. */
  readonly fill: (url: string) => Promise<void>;
  /** Everything the filled database depends on, e.g. the text of the migrations. */
  readonly fingerprint: string;
}

/** A database of its own for a test file: empty, or a copy of a template that is filled once and then copied in milliseconds. */
export const testDatabase = async (template?: Template): Promise<TestDatabase> => {
  const name = `orderbus_test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(async (client) => {
    const from = template ? await ensureTemplate(client, template) : 'template1';
    await client.query(`create database ${name} template ${from}`);
    // Nothing in it has to outlive the server: waiting for the disk takes most of the time of a commit.
    await client.query(`alter database ${name} set synchronous_commit = off`);
  });
  return {
    url: urlOf(name),
    drop: () => asAdmin(async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  };
};

/** Test files start together: one of them fills the template, the others wait for it. */
const ensureTemplate = async (client: pg.Client, template: Template): Promise<string> => {
  const hash = createHash('sha256').update(template.fingerprint).digest('hex').slice(0, 16);
  const name = `orderbus_template_${template.name}_${hash}`;
  await client.query(`select pg_advisory_lock(hashtext('orderbus template'))`);
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [name]);
    if (rowCount) return name;
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name}`);
    await template.fill(urlOf(name));
    await client.query(`alter database ${name} is_template true`);
    return name;
  } finally {
    await client.query(`select pg_advisory_unlock(hashtext('orderbus template'))`);
  }
};

const adminUrl = (): string => {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error('TEST_DATABASE_URL is not set: run the tests with `npm test -- <path>`, which finds or starts the servers');
  return url;
};

const urlOf = (database: string): string => {
  const url = new URL(adminUrl());
  url.pathname = `/${database}`;
  return url.href;
};

const asAdmin = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};
