import type { ContactKind } from '@orderbus/contracts';
import { AppError } from '@orderbus/kernel';
import type { SpApi } from '../amazon/sp-api.ts';
import { type BuyerLanguage, languageOfCountry } from '../domain/contact/languages.ts';
import type { ContactOrder, Offer } from '../domain/contact/permission.ts';
import { countryOf } from '../domain/marketplaces.ts';
import { refusalOf } from './refusal.ts';

/** What reaches buyers, and tells what may be said to them. */
export type ContactApi = Pick<
  SpApi,
  'getMessagingActions' | 'getSolicitationActions' | 'getBuyerLanguage' | 'sendContact' | 'createUploadDestination' | 'uploadAttachment'
>;

/** Whether Amazon offers this for the order at this moment. */
export const offerOf = (
  api: ContactApi,
  contact: ContactKind,
  order: ContactOrder,
  signal: AbortSignal,
): Promise<readonly ContactKind[]> =>
  contact === 'request-review' ? api.getSolicitationActions(order, signal) : api.getMessagingActions(order, signal);

export const languageOf = async (api: ContactApi, order: ContactOrder, signal: AbortSignal): Promise<BuyerLanguage> => {
  const chosen = await api.getBuyerLanguage(order, signal);
  return chosen ? { language: chosen, from: 'buyer' } : usualLanguage(order);
};

export const usualLanguage = ({ marketplaceId }: ContactOrder): BuyerLanguage => ({
  language: languageOfCountry(countryOf(marketplaceId)),
  from: 'marketplace',
});

/** For who only looks: a question that Amazon does not answer is an answer, too. */
export const orWhyNot = (asked: Promise<Offer>): Promise<Offer> =>
  asked.catch((error: unknown) => {
    if (error instanceof AppError) return refusalOf(error);
    throw error;
  });
