import { serviceSettings, url } from '@orderbus/service-kit';
import { z } from 'zod';

/** What setup reads from its environment. */
export const SetupConfig = z.object({
  /** A role that may create roles and schemas. The services never see it. */
  ADMIN_DATABASE_URL: url(['postgres', 'postgresql']),
  /** The broker's administrator. The services never see it. */
  BROKER_URL: serviceSettings.BROKER_URL,
  /** Where RabbitMQ's management plugin listens, to make a user for each service. Without it, the users are the operator's business. */
  BROKER_MANAGEMENT_URL: url(['http', 'https']).optional(),
  /** Connections to the database that each service may have at most, all its instances together. Default: as it is. */
  ROLE_CONNECTIONS: z.coerce.number().int().min(5).optional(),
  RETRY_DELAYS: serviceSettings.RETRY_DELAYS,
  QUEUE_PARTITIONS: serviceSettings.QUEUE_PARTITIONS,
  /** A folder for each service, and one of its own: `installation`. */
  SETUP_FOLDER: z.string().min(1),
  /** `made`: setup makes the services' secrets and fills the folder. `given`: somebody else has filled it, and setup only reads. */
  SETUP_SECRETS: z.enum(['made', 'given']).default('made'),
});

const address = url(['http', 'https']);

/** What fills the shelves of a trial. */
export const DemoConfig = z.object({
  SANDBOX_URL: address,
  FULFILLMENT_URL: address,
  ACCESS_URL: address,
  SERVICE_SECRET: z.string().min(32),
});
