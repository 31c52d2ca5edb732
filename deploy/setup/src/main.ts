/** Prepares an installation: roles and schemas, sealing keys, queues, broker users. Idempotent: it runs before the services at every start. */
import { AppError } from '@orderbus/kernel';
import { applyPolicies, connectBroker, provisionBroker } from '@orderbus/messaging';
import { isConnectionLoss, provision } from '@orderbus/outbox';
import { createLog, loadConfig } from '@orderbus/service-kit';
import { brokerPolicies } from './broker-policies.ts';
import { declarations, declareQueues, residents, tenancyOf } from './index.ts';
import { leaveNoQueue } from './queues/leave-no-queue.ts';
import { givenSecrets } from './secrets/given.ts';
import { madeSecrets } from './secrets/made.ts';
import { SetupConfig } from './settings.ts';

const config = loadConfig(SetupConfig, process.env);
const log = createLog({ service: 'setup' });
const secrets = await (config.SETUP_SECRETS === 'given' ? givenSecrets : madeSecrets)(config.SETUP_FOLDER);

const whenThere = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isConnectionLoss(error) && !(error instanceof AppError && error.kind === 'unavailable')) throw error;
      log.warn({ reason: (error as Error).message }, `waiting for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
};

const urls = await whenThere('the database', () =>
  provision({
    ...{ adminUrl: config.ADMIN_DATABASE_URL, secret: secrets.database, tenancies: residents.map(tenancyOf) },
    connectionLimit: config.ROLE_CONNECTIONS,
  }),
);
await secrets.handOutDatabases(urls);
log.info('roles, schemas, keys and secrets are there');

const { BROKER_URL: brokerUrl, RETRY_DELAYS: retryDelaysMs, QUEUE_PARTITIONS: partitions } = config;
const broker = connectBroker(brokerUrl, { name: 'setup', partitions, log });
await broker.start();
await declareQueues(broker, retryDelaysMs);
await broker.stop();
await leaveNoQueue({ brokerUrl, declarations: declarations(retryDelaysMs), partitions, log });
log.info('queues are there');

const managementUrl = config.BROKER_MANAGEMENT_URL;
if (managementUrl) {
  const users = await whenThere("the broker's management", () =>
    provisionBroker({ adminUrl: brokerUrl, managementUrl, secret: secrets.broker, tenants: declarations(), partitions }),
  );
  await secrets.handOutUsers(users);
  await applyPolicies({ adminUrl: brokerUrl, managementUrl, policies: brokerPolicies });
  log.info('broker users and policies are there');
}
