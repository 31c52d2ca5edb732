import { AmazonOrder } from '@orderbus/contracts';
import { AppError } from '@orderbus/kernel';
import type { z } from 'zod';
import type { Dataset } from '../domain/datasets.ts';
import { type Translation, translate } from '../domain/translate.ts';
import { type UnknownValue, unknownValuesOf } from '../domain/unknown-values.ts';
import { isForeign } from '../domain/words.ts';
import { AmazonOrderJson, identifierPattern } from './order-schema.ts';

export type Reading =
  | {
      readonly kind: 'order';
      readonly translation: Translation;
      /** What Amazon refused to show this time. */
      readonly without: readonly Dataset[];
      readonly unknownValues: readonly UnknownValue[];
    }
  /** Not sold on Amazon, and the store does not want such orders. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'unreadable'; readonly amazonOrderId: string | undefined; readonly problems: readonly string[] };

export interface ReadOptions {
  readonly nonAmazonOrders?: 'leave-out' | 'import';
  readonly without?: readonly Dataset[];
}

const Snapshot = AmazonOrder.omit({ sealedBuyer: true, buyerData: true });

/** One order of Amazon's answer. Whatever is wrong with it is said here, in words without values: the order may hold buyer data. */
export const readOrder = (raw: unknown, storeId: string, { nonAmazonOrders = 'leave-out', without = [] }: ReadOptions = {}): Reading => {
  const parsed = AmazonOrderJson.safeParse(raw);
  if (!parsed.success) return unreadable(raw, problemsOf(parsed.error));
  if (isForeign(parsed.data) && nonAmazonOrders === 'leave-out') return { kind: 'foreign' };
  try {
    const translation = translate(parsed.data, storeId, without);
    // We keep our own word too: nothing leaves that its readers would refuse.
    const kept = Snapshot.safeParse(translation.snapshot);
    if (!kept.success) return unreadable(raw, problemsOf(kept.error));
    return { kind: 'order', translation, without, unknownValues: unknownValuesOf(parsed.data) };
  } catch (error) {
    if (error instanceof AppError && error.kind === 'invalid') return unreadable(raw, [error.message.slice(0, 200)]);
    throw error;
  }
};

const unreadable = (raw: unknown, problems: readonly string[]): Reading => {
  const orderId = (raw as { orderId?: unknown } | null | undefined)?.orderId;
  const readable = typeof orderId === 'string' && identifierPattern.test(orderId);
  return { kind: 'unreadable', amazonOrderId: readable ? orderId : undefined, problems };
};

const problemsOf = (error: z.ZodError): string[] =>
  error.issues.slice(0, 20).map(({ path, message }) => `${path.map(String).join('.') || 'order'}: ${message}`);
