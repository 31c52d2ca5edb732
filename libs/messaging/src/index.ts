export { type ConnectOptions, connectBroker } from './connect.ts';
export { type EmbeddedOptions, embeddedBroker } from './embedded/broker.ts';
export * from './options.ts';
export * from './port.ts';
export { type RabbitOptions, rabbitBroker } from './rabbit/broker.ts';
export { defaultRetryDelaysMs } from './retry.ts';
