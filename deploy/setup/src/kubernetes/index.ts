export { type NewSecrets, newServerSecrets, newServiceSecrets } from './new-secrets.ts';
