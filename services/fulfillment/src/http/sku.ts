import { z } from 'zod';

/** The seller's own name of a product. */
export const Sku = z.string().trim().min(1).max(100);

/** A list in which each product stands once. */
export const oncePerSku = <S extends z.ZodType<{ sku: string }>>(item: S) =>
  z
    .array(item)
    .min(1)
    .max(1_000)
    .superRefine((items, context) => {
      const seen = new Set<string>();
      items.forEach(({ sku }, n) => {
        if (seen.has(sku)) context.addIssue({ code: 'custom', path: [n, 'sku'], message: 'Twice in this list' });
        seen.add(sku);
      });
    });

/** The position in lists that are sorted by sku. */
export const SkuPosition = z.object({ sku: z.string() });
