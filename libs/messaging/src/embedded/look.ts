import type { Declaration } from '../port.ts';
import { parkedName } from './schema.ts';

export interface EmbeddedLook {
  /** Queues and topics of queues that are not there, in words. */
  readonly missing: readonly string[];
  /** Messages that wait, by queue. */
  readonly depths: Readonly<Record<string, number>>;
}

type Query = <Row>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>;

/** What of these there is in the embedded broker's schema, which the connection's search path names. */
export const lookAtEmbedded = async (query: Query, declarations: readonly Declaration[]): Promise<EmbeddedLook> => {
  const [installed] = await query<{ there: boolean }>(
    `select to_regclass('topic_binding') is not null and to_regclass('queue') is not null as there`,
  );
  const listeners = declarations.filter(({ topics }) => topics.length > 0);
  if (!installed?.there) return { missing: ['its tables'], depths: {} };
  const queues = await query<{ name: string }>('select name from queue');
  const bound = await query<{ topic: string; queue: string }>('select topic, queue from topic_binding');
  const waiting = await query<{ name: string; messages: number }>(
    `select name, count(*)::int as messages from job where state < 'completed' group by name`,
  );
  const there = new Set(queues.map(({ name }) => name));
  const binds = new Set(bound.map(({ topic, queue }) => `${topic} ${queue}`));
  const missing = listeners.flatMap(({ queue, topics }) => [
    ...[queue, parkedName(queue)].filter((name) => !there.has(name)).map((name) => `queue ${name}`),
    ...topics.filter((topic) => !binds.has(`${topic} ${queue}`)).map((topic) => `${topic} for ${queue}`),
  ]);
  return { missing, depths: Object.fromEntries(waiting.map(({ name, messages }) => [name, messages])) };
};
