import pg from 'pg';

/** One statement of an administrator, on a connection of its own. */
export const query = async <Row>(databaseUrl: string, text: string, values: unknown[] = []): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  // Somebody may be killing connections just now.
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
};

/** Ends every client's connection to this database but the one that says so. */
export const killConnections = async (databaseUrl: string): Promise<number> => {
  const killed = await query(
    databaseUrl,
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
  );
  return killed.length;
};

/** Every row of every table of every schema, as text; with what binary columns say, decoded. */
export const everythingIn = async (databaseUrl: string): Promise<{ tables: string[]; text: string }> => {
  const tables = await query<{ name: string; binary: string[] }>(
    databaseUrl,
    `select format('%I.%I', table_schema, table_name) as name,
       coalesce(array_agg(format('%I', column_name)) filter (where data_type = 'bytea'), '{}') as binary
     from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE' group by 1, table_schema, table_name`,
  );
  const texts: string[] = [];
  for (const { name, binary } of tables) {
    const decoded = binary.map((column) => `|| ' ' || encode(t.${column}, 'escape')`).join(' ');
    const rows = await query<{ text: string }>(databaseUrl, `select t::text ${decoded} as text from ${name} t`);
    texts.push(...rows.map(({ text }) => text));
  }
  return { tables: tables.map(({ name }) => name), text: texts.join('\n') };
};
