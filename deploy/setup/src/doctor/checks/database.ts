import { check } from '../check.ts';
import { type Finding, right, worrying, wrong } from '../finding.ts';
import { readable, type Visit } from '../visit.ts';

interface ServerFacts {
  readonly version: number;
  readonly versionText: string;
  readonly encoding: string;
  readonly timeZone: string;
  readonly maxConnections: number;
  readonly usedConnections: number;
}

export interface SchemaFacts {
  readonly service: string;
  /** Why it cannot be reached, and PostgreSQL's code. */
  readonly reason?: string;
  readonly code?: unknown;
  readonly role?: RoleFacts;
}

interface RoleFacts {
  /** -1: without limit. */
  readonly connectionLimit: number;
  readonly connections: number;
  readonly idleInTransactionSeconds: number;
  readonly xminAge: number;
  readonly deadOutboxRows: number;
}

export interface DatabaseFacts {
  readonly server?: ServerFacts | undefined;
  readonly schemas: readonly SchemaFacts[];
}

/** The oldest that is tested, and the newest that was there when this was written. */
const [oldest, newest] = [15, 18];

export const judgeDatabase = ({ server, schemas }: DatabaseFacts): Finding[] => [
  ...(server ? judgeServer(server) : []),
  ...schemas.flatMap(judgeSchema),
];

const judgeServer = ({ version, versionText, encoding, timeZone, maxConnections, usedConnections }: ServerFacts): Finding[] => {
  const about = 'PostgreSQL';
  const major = Math.floor(version / 10_000);
  const free = maxConnections - usedConnections;
  const findings: Finding[] = [];
  if (major < oldest) findings.push(wrong(about, `${versionText} is too old`, `Upgrade it to ${oldest} or newer`));
  if (major > newest)
    findings.push(worrying(about, `${versionText} is newer than what this version was tried with`, `Tried: ${oldest} to ${newest}`));
  if (encoding !== 'UTF8')
    findings.push(
      wrong(about, `the database's encoding is ${encoding}`, 'Dump it, and restore it into one that was made with encoding UTF8'),
    );
  if (timeZone !== 'UTC' && timeZone !== 'Etc/UTC')
    findings.push(
      worrying(
        about,
        `its time zone is ${timeZone}: what people read there by hand is not in UTC`,
        "alter database … set timezone = 'UTC'",
      ),
    );
  if (free < maxConnections * 0.1)
    findings.push(
      worrying(
        about,
        `${usedConnections} of ${maxConnections} connections are taken`,
        'Raise max_connections, or lower DATABASE_CONNECTIONS',
      ),
    );
  return findings.length > 0
    ? findings
    : [right(about, `${versionText}, ${encoding}, ${timeZone}, ${usedConnections} of ${maxConnections} connections taken`)];
};

const judgeSchema = ({ service, reason, code, role }: SchemaFacts): Finding[] => {
  if (reason !== undefined)
    return [
      wrong(
        service,
        `cannot be reached: ${reason}`,
        remedies[String(code)] ?? 'Look whether the server runs, and whether DATABASE_URL names it',
      ),
    ];
  if (!role) return [];
  const findings: Finding[] = [];
  if (role.connectionLimit >= 0 && role.connections > role.connectionLimit * 0.9)
    findings.push(
      worrying(
        service,
        `${role.connections} of its ${role.connectionLimit} connections are taken`,
        'Raise ROLE_CONNECTIONS and run setup, or lower DATABASE_CONNECTIONS',
      ),
    );
  if (role.idleInTransactionSeconds > 60)
    findings.push(
      worrying(
        service,
        `a session has been idle in its transaction for ${Math.round(role.idleInTransactionSeconds)} s`,
        'It holds locks and rows: end it by pg_terminate_backend',
      ),
    );
  if (role.xminAge > 10_000_000)
    findings.push(
      worrying(service, `a transaction of ${role.xminAge} transactions ago is still running`, 'Nothing newer is vacuumed: end it'),
    );
  if (role.deadOutboxRows > 100_000)
    findings.push(
      worrying(
        service,
        `${role.deadOutboxRows} dead rows in its outbox`,
        'Vacuum does not keep up: look for long transactions, then `vacuum outbox`',
      ),
    );
  return findings.length > 0 ? findings : [right(service, 'its role reaches its schema')];
};

const remedies: Readonly<Record<string, string>> = {
  '28P01': 'The password is not that of the role: run setup, and restart the service with what it leaves',
  '28000': 'The role may not log in: run setup',
  '3D000': 'The database is not there: look at the name in DATABASE_URL',
  '53300': 'No connection is left: raise max_connections, or ROLE_CONNECTIONS and run setup',
  ECONNREFUSED: 'Nobody listens there: start the server, or mend DATABASE_URL',
  ENOTFOUND: 'There is no such host: mend DATABASE_URL',
};

const look = async (visit: Visit): Promise<DatabaseFacts> => {
  const reached = new Map(readable(visit).map(({ patient, database }) => [patient.resident.name, database]));
  const [first] = reached.values();
  const [server] = first
    ? await first.query<ServerFacts>(
        `select current_setting('server_version_num')::int as version, current_setting('server_version') as "versionText",
           pg_encoding_to_char(encoding) as encoding, (select reset_val from pg_settings where name = 'TimeZone') as "timeZone",
           current_setting('max_connections')::int as "maxConnections",
           (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as "usedConnections"
         from pg_database where datname = current_database()`,
      )
    : [];
  const schemas: SchemaFacts[] = [];
  for (const { resident } of visit.place.patients) {
    const database = visit.databases.get(resident.name);
    if (!database || !('query' in database)) schemas.push({ service: resident.name, reason: 'nothing is known of it', ...database });
    else {
      const [role] = await database.query<RoleFacts>(
        `select rolconnlimit as "connectionLimit", count(a.pid)::int as connections,
           coalesce(max(extract(epoch from clock_timestamp() - a.state_change)) filter (where a.state = 'idle in transaction'), 0)::float8
             as "idleInTransactionSeconds",
           coalesce(max(age(a.backend_xmin)), 0)::int as "xminAge",
           coalesce((select n_dead_tup from pg_stat_user_tables where schemaname = current_schema() and relname = 'outbox'), 0)::int
             as "deadOutboxRows"
         from pg_roles r left join pg_stat_activity a on a.usename = r.rolname and a.datname = current_database()
         where r.rolname = current_user group by rolconnlimit`,
      );
      schemas.push({ service: resident.name, ...(role && { role }) });
    }
  }
  return { server, schemas };
};

export const database = check('database', look, judgeDatabase);
