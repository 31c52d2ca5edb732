import type { TFunction } from 'i18next';
import type { Order } from './facts.ts';

/** Ours as people say it; Amazon's, as long as it has none of ours. */
export const titleOf = ({ number, amazonOrderId }: Order, t: TFunction<'order'>): string =>
  number === null || number === amazonOrderId ? t('titleAtAmazon', { number: amazonOrderId }) : `#${number}`;
