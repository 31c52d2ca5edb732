import { AppError } from '@orderbus/kernel';
import type { KeyRing, SealedColumn } from '@orderbus/service-kit';

/** Whoever knows the address of a hook can write there: it is kept sealed, and in the row of another target it does not open. */
const addressContext = (targetId: string): string => `target:${targetId}`;

/** Where they are kept. */
export const sealedAddresses: SealedColumn = { table: 'rule_target', idType: 'uuid', column: 'sealed', contextOf: addressContext };

export const sealAddress = (ring: KeyRing, targetId: string, url: string): string => ring.seal(url, addressContext(targetId));

/** Nothing, when the key that sealed it is gone. */
export const openAddress = (ring: KeyRing, targetId: string, sealed: string): string | undefined => {
  try {
    return ring.open(sealed, addressContext(targetId)) as string;
  } catch (error) {
    if (error instanceof AppError && error.code === 'sealing.unknown-key') return undefined;
    throw error;
  }
};
