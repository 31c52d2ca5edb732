/** `npm run queues -- …`: the queues of an installation on RabbitMQ, by the number that messages are spread over. */
import { openQueueGroups } from '@orderbus/messaging';
import { createLog, loadConfig, serviceSettings, url } from '@orderbus/service-kit';
import { z } from 'zod';
import { declarations } from '../index.ts';

const usage = `npm run queues -- status          which queues there are, what waits in them, and who consumes them
npm run queues -- drop <number>   deletes the queues of a number that is not set any more, once they are empty and nobody consumes them
`;

const Config = z.object({
  /** The broker's administrator. */
  BROKER_URL: url(['amqp', 'amqps']),
  QUEUE_PARTITIONS: serviceSettings.QUEUE_PARTITIONS,
  RETRY_DELAYS: serviceSettings.RETRY_DELAYS,
});
const config = loadConfig(Config, process.env);
const listeners = declarations(config.RETRY_DELAYS).filter(({ topics }) => topics.length > 0);
const groups = await openQueueGroups({ adminUrl: config.BROKER_URL, log: createLog({ service: 'queues' }) });

const status = async (): Promise<void> => {
  for (const declaration of listeners) {
    for (const { service, partitions, messages, consumers } of await groups.list(declaration)) {
      const role = config.QUEUE_PARTITIONS[0] === partitions ? 'takes what comes' : 'is worked off';
      process.stdout.write(
        `${service.padEnd(16)} ${String(partitions).padStart(2)}  ${role.padEnd(16)}  ${messages} messages wait, ${consumers} consumers\n`,
      );
    }
  }
};

const drop = async (partitions: number): Promise<void> => {
  for (const declaration of listeners) await groups.drop(declaration, partitions);
};

const [word, number] = process.argv.slice(2);
try {
  if (word === 'status') await status();
  else if (word === 'drop' && number !== undefined && !config.QUEUE_PARTITIONS.includes(Number(number))) await drop(Number(number));
  else {
    process.stderr.write(usage);
    process.exitCode = 2;
  }
} finally {
  await groups.close();
}
