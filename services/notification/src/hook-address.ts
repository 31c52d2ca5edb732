import { AppError } from '@orderbus/kernel';
import type { KeyRing } from '@orderbus/service-kit';

/** Whoever knows the address of a hook can write there: it is kept sealed, and in the row of another target it does not open. */
export const addressContext = (targetId: string): string => `target:${targetId}`;

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
