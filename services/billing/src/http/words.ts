import { z } from 'zod';

/** What people write. */
export const words = (longest: number) => z.string().trim().min(1).max(longest);
