export { type ConnectOptions, connectBroker } from './connect.ts';
export { type EmbeddedOptions, embeddedBroker } from './embedded/broker.ts';
export * from './options.ts';
export * from './port.ts';
export type { BrokerTenant } from './rabbit/access.ts';
export { type RabbitOptions, rabbitBroker } from './rabbit/broker.ts';
export { provisionBroker } from './rabbit/provision.ts';
export { defaultRetryDelaysMs } from './retry.ts';
