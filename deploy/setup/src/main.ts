/** Prepares an installation: roles and schemas, sealing keys, queues. Idempotent: it runs before the services at every start. */
import { connectBroker } from '@orderbus/messaging';
import { isConnectionLoss, provision } from '@orderbus/outbox';
import { createLog, generateKey, loadConfig, serviceSettings, url } from '@orderbus/service-kit';
import { z } from 'zod';
import { declareQueues, residents, tenancyOf } from './index.ts';
import { secretAt, writeFor } from './secrets.ts';

const Config = z.object({
  /** A role that may create roles and schemas. The services never see it. */
  ADMIN_DATABASE_URL: url(['postgres', 'postgresql']),
  BROKER_URL: serviceSettings.BROKER_URL,
  RETRY_DELAYS: serviceSettings.RETRY_DELAYS,
  /** A folder for each service, and one of its own: `installation`. */
  SETUP_FOLDER: z.string().min(1),
});

const config = loadConfig(Config, process.env);
const log = createLog({ service: 'setup' });
const folder = config.SETUP_FOLDER;

const secret = await secretAt(folder, 'secret', generateKey);
const newRing = (): string => `k1:${generateKey()}`;
const keys = await secretAt(folder, 'keys', newRing);

const provisionWhenThere = async (): Promise<Record<string, string>> => {
  for (;;) {
    try {
      return await provision({ adminUrl: config.ADMIN_DATABASE_URL, secret, tenancies: residents.map(tenancyOf) });
    } catch (error) {
      if (!isConnectionLoss(error)) throw error;
      log.warn({ reason: (error as Error).message }, 'waiting for the database');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
};

const urls = await provisionWhenThere();
for (const { name, schema } of residents) await writeFor(folder, name, 'database-url', urls[schema] as string);
// Sealed by the one, opened by the other, and nobody else's business.
for (const name of ['amazon-gateway', 'order']) await writeFor(folder, name, 'keys', keys);
// Its own: it keeps URLs and secrets of webhooks, and hears of buyers whom it must not be able to open.
await writeFor(folder, 'notification', 'keys', await secretAt(folder, 'keys-of-notification', newRing));
log.info('roles, schemas and keys are there');

const broker = connectBroker(config.BROKER_URL, { name: 'setup', log });
await broker.start();
await declareQueues(broker, config.RETRY_DELAYS);
await broker.stop();
log.info('queues are there');
