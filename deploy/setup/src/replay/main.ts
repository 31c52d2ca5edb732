/** `npm run replay`: events from the event logs, once more, to those who listen: docs/runbooks/replay-events.md. */
import { parseArgs } from 'node:util';
import { AppError } from '@orderbus/kernel';
import { connectBroker } from '@orderbus/messaging';
import { ConfigError, durationMs, parseConfig, serviceSettings, url } from '@orderbus/service-kit';
import { z } from 'zod';
import { connectReading, queriesOf } from '../doctor/visit.ts';
import { residents } from '../index.ts';
import { type Replayed, replay } from './replay.ts';

const usage = `npm run replay -- --dry [--to order] [--from amazon-gateway] [--since 2d]    says what a service wanted and never took; exit code 1 if there is any
npm run replay -- [--to order] [--from amazon-gateway] [--since 2d]          delivers it, to that service alone
npm run replay -- --all --to order [--since 2d]                              delivers everything, taken or not: what was taken has no effect again

ADMIN_DATABASE_URL    a role that may read all schemas
BROKER_URL            the broker's administrator
`;

const Config = z.object({
  ADMIN_DATABASE_URL: url(['postgres', 'postgresql']),
  BROKER_URL: serviceSettings.BROKER_URL,
  QUEUE_PARTITIONS: serviceSettings.QUEUE_PARTITIONS,
});
const names = residents.map(({ name }) => name);
/** The inbox has to know what comes again: `INBOX_KEPT` is a week at least. */
const since = durationMs().pipe(z.number().max(6 * 86_400_000, { error: 'six days at most' }));

const read = () => {
  try {
    const { values } = parseArgs({
      options: {
        to: { type: 'string', multiple: true },
        from: { type: 'string', multiple: true },
        since: { type: 'string', default: '2d' },
        all: { type: 'boolean', default: false },
        dry: { type: 'boolean', default: false },
      },
    });
    const unknown = [...(values.to ?? []), ...(values.from ?? [])].some((name) => !names.includes(name));
    const age = since.safeParse(values.since);
    return unknown || !age.success || (values.all && !values.to) ? undefined : { ...values, since: new Date(Date.now() - age.data) };
  } catch {
    return undefined;
  }
};

const run = async (wish: NonNullable<ReturnType<typeof read>>): Promise<Replayed[]> => {
  const { ADMIN_DATABASE_URL, BROKER_URL, QUEUE_PARTITIONS: partitions } = parseConfig(Config, process.env);
  const clients = await Promise.all(residents.map(({ schema }) => connectReading(ADMIN_DATABASE_URL, schema)));
  const broker = wish.dry ? undefined : connectBroker(BROKER_URL, { name: 'replay', partitions });
  try {
    await broker?.start();
    const parties = residents.map((resident, n) => ({ resident, database: queriesOf(clients[n] as (typeof clients)[number]) }));
    return await replay({ ...wish, parties, broker });
  } finally {
    await broker?.stop();
    await Promise.all(clients.map((client) => client.end()));
  }
};

const wish = read();
if (!wish) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  try {
    const done = await run(wish);
    const total = done.reduce((sum, { events }) => sum + events, 0);
    for (const { from, to, topic, events } of done)
      process.stdout.write(`${to.padEnd(16)} ${String(events).padStart(7)}  ${topic} of ${from}\n`);
    process.stdout.write(wish.dry ? `${total} events were never taken\n` : `${total} events were delivered\n`);
    if (wish.dry && total > 0) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof AppError || error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message.replace('Cannot start', 'Cannot begin')}\n`);
    process.exitCode = 2;
  }
}
