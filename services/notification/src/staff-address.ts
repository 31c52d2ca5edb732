import { z } from 'zod';
import { isAmazonRelay, noBuyers } from './domain/recipients.ts';

/** Somebody of the staff: a mail address, and nobody's at Amazon's relay. */
export const StaffAddress = z
  .email('Invalid mail address')
  .max(254)
  .refine((address) => !isAmazonRelay(address), noBuyers.words);
