import { said } from '@orderbus/service-kit';
import { z } from 'zod';

/** The seller's own name of a product. */
export const Sku = z.string().trim().min(1).max(100);

/** How a location is called in requests and files. */
export const LocationCode = z
  .string()
  .trim()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/,
    said('location.not-code', 'Expected lower case letters, digits and hyphens, 32 at most'),
  );

/** A list in which nothing stands twice; `keyOf` says what makes it the same. Errors name the field. */
export const onceEach = <S extends z.ZodType>(item: S, field: string, keyOf: (one: z.output<S>) => string, max = 1_000) =>
  z
    .array(item)
    .min(1)
    .max(max)
    .superRefine((items, context) => {
      const seen = new Set<string>();
      items.forEach((one, n) => {
        if (seen.has(keyOf(one))) context.addIssue({ code: 'custom', path: [n, field], message: 'Twice in this list' });
        seen.add(keyOf(one));
      });
    });

/** The position in lists that are sorted by sku. */
export const SkuPosition = z.object({ sku: z.string() });
