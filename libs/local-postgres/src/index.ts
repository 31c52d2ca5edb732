export {
  type LocalPostgres,
  type LocalPostgresOptions,
  removeLocalPostgres,
  runningPostgres,
  startLocalPostgres,
} from './local-postgres.ts';
