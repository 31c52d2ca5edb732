export * from './access/issuer.ts';
export * from './access/matrix.ts';
export * from './eventually.ts';
export * from './servers/broker.ts';
export * from './servers/database.ts';
export * from './servers/vhost.ts';
export * from './service-harness.ts';
export * from './upgradable.ts';
