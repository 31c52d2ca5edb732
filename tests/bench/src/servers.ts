import pg from 'pg';

/**
 * What an installation's database does and a test's does not: wait for the disk. With what of deploy/postgres can be said of a database alone.
 * Answers with what the server promises, to be told with the numbers.
 */
export const asInstalled = async (adminUrl: string): Promise<string> => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>('select quote_ident(current_database()) as name');
    const [{ name } = { name: '' }] = rows;
    await client.query(`alter database ${name} reset synchronous_commit`);
    for (const [setting, value] of [
      ['wal_compression', 'lz4'],
      ['random_page_cost', '1.1'],
    ])
      await client.query(`alter database ${name} set ${setting} = ${value}`);
    return await promises(adminUrl);
  } finally {
    await client.end();
  }
};

/** On a connection of its own: it begins with what was set. */
const promises = async (adminUrl: string): Promise<string> => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const names = [
      'server_version',
      'shared_buffers',
      'max_wal_size',
      'fsync',
      'synchronous_commit',
      'full_page_writes',
      'wal_compression',
    ];
    const { rows } = await client.query<{ name: string; value: string }>(
      'select name, current_setting(name) as value from unnest($1::text[]) as name',
      [names],
    );
    return rows.map(({ name, value }) => `${name} ${value}`).join(', ');
  } finally {
    await client.end();
  }
};
