export { type LocalPostgres, type LocalPostgresOptions, removeLocalPostgres, startLocalPostgres } from './local-postgres.ts';
