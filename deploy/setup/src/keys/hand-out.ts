import { writeFor } from '../secrets/files.ts';
import type { Ring } from './rings.ts';

/** To each service that seals or opens with them. */
export const handOut = async (folder: string, ring: Ring, keys: string): Promise<void> => {
  for (const { name } of ring.holders) await writeFor(folder, name, 'keys', keys);
};
