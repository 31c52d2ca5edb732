import { AppError } from '@orderbus/kernel';
import type { KeyRing } from '@orderbus/service-kit';
import type { Credentials } from './domain/store.ts';

/** What credentials are sealed for. */
export const credentialsContext = (storeId: string): string => `store:${storeId}`;

/** For the row of this store alone: in another one it does not open. */
export const sealCredentials = (sealer: KeyRing, storeId: string, { clientId, clientSecret, refreshToken }: Credentials): string =>
  sealer.seal({ clientId, clientSecret, refreshToken }, credentialsContext(storeId));

/** @throws AppError `sealing.unknown-key` when the key is gone, `sealing.broken` when it is another store's. */
export const openCredentials = (sealer: KeyRing, storeId: string, sealed: string): Credentials =>
  sealer.open(sealed, credentialsContext(storeId)) as Credentials;

/** For whoever seals them anew: what was sealed with a key that is gone is lost. */
export const openIfPossible = (sealer: KeyRing, storeId: string, sealed: string): Credentials | undefined => {
  try {
    return openCredentials(sealer, storeId, sealed);
  } catch (error) {
    if (error instanceof AppError && error.code === 'sealing.unknown-key') return undefined;
    throw error;
  }
};

/** What may be shown of a client id. */
export const endOf = (clientId: string): string => clientId.slice(-4);
