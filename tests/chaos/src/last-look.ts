import { readFile } from 'node:fs/promises';
import { buyer, found } from '@orderbus/tests-system/canaries';
import { type Finding, finding } from '@orderbus/tests-system/finding';
import { serviceNames } from '@orderbus/tests-system/installation';
import { everythingIn, query } from '@orderbus/tests-system/sql';
import type { Stage } from './stage.ts';

/** In bytes; a service that has gone through all of this needs no more. */
const mostMemory = 700 * 1024 * 1024;
const mostDeadRows = 200_000;

/** What there is to see. */
export interface Remains {
  /** Processes that ended by themselves. */
  readonly strays: readonly string[];
  /** What all processes have said. */
  readonly lines: readonly string[];
  /** All tables, as text. */
  readonly tables: string;
  readonly deadRows: number;
  readonly memory: ReadonlyMap<string, number>;
}

/** What can only be said at the end of it all: nobody died by himself, nothing grew without end, no buyer stands anywhere in clear. */
export const lastLook = async (stage: Stage): Promise<Finding[]> => {
  const { services, installation } = stage;
  const [row] = await query<{ dead: number }>(
    installation.databaseUrl,
    'select coalesce(sum(n_dead_tup), 0)::int as dead from pg_stat_user_tables',
  );
  const memory = await Promise.all(serviceNames.map(async (service) => [service, await residentBytes(services.pidOf(service))] as const));
  const { text } = await everythingIn(installation.databaseUrl);
  return findingsIn({ strays: services.strays, lines: services.lines(), tables: text, deadRows: row?.dead ?? 0, memory: new Map(memory) });
};

export const findingsIn = ({ strays, lines, tables, deadRows, memory }: Remains): Finding[] => {
  const uncaught = lines.filter((line) => /nobody caught|UnhandledPromise|ERR_UNHANDLED|Uncaught/.test(line));
  const inClear = (where: string, content: string) =>
    found(content, [buyer.name, buyer.email]).map((canary) => finding('I9', 'wrong', `${canary} stands in ${where}`));
  const large = [...memory].filter(([, bytes]) => bytes > mostMemory);
  return [
    ...strays.map((words) => finding('I8', 'wrong', words)),
    ...uncaught.map((words) => finding('I8', 'wrong', words.slice(0, 300))),
    ...large.map(([service, bytes]) => finding('I8', 'wrong', `${service} holds ${bytes} bytes`)),
    ...(deadRows > mostDeadRows ? [finding('I8', 'wrong', `${deadRows} dead rows`)] : []),
    ...inClear('the database', tables),
    ...inClear('the logs', lines.join('\n')),
  ];
};

/** Linux tells; elsewhere it is unknown. */
const residentBytes = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
};
