export * from './clock.ts';
export * from './errors.ts';
export * from './failpoints.ts';
export * from './ids.ts';
export * from './marketplace-zones.ts';
export * from './money.ts';
export * from './time-zones.ts';
