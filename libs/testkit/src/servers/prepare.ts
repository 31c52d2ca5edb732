import { findPostgres } from './find-postgres.ts';
import { findRabbit } from './find-rabbit.ts';
import type { FoundServer } from './found.ts';

const started: NonNullable<FoundServer['stop']>[] = [];

/**
 * Before the first test: finds or starts the servers and leaves their URLs in the environment, where all test processes find them.
 * @param fresh PostgreSQL may be one that is as quick as possible and there for this run alone. Measurements want the real one.
 */
export const prepareServers = async ({ fresh = false } = {}): Promise<{ rabbit: boolean }> => {
  const postgres = await findPostgres({ fresh });
  process.env.TEST_DATABASE_URL = postgres.url;
  const rabbit = await findRabbit();
  if (rabbit) {
    process.env.TEST_AMQP_URL = rabbit.url;
    if (rabbit.managementUrl) process.env.TEST_AMQP_MANAGEMENT_URL = rabbit.managementUrl;
  } else if (process.env.TEST_REQUIRE_BROKER) {
    throw new Error('TEST_REQUIRE_BROKER is set, and there is no RabbitMQ: not at TEST_AMQP_URL, not on this machine, not as a container');
  }
  for (const server of [postgres, rabbit]) if (server?.stop) started.push(server.stop);
  process.stderr.write(
    `PostgreSQL: ${postgres.how}. RabbitMQ: ${rabbit?.how ?? 'none, so what needs it is not run (everything else runs on the embedded broker)'}.\n`,
  );
  return { rabbit: rabbit !== undefined };
};

/** After the last test: stops what was started. */
export const stopServers = async (): Promise<void> => {
  for (const stop of started.splice(0)) await stop();
};
