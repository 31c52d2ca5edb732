import { AppError } from '@orderbus/kernel';
import { inWords } from './amazon/amazon-error.ts';
import { codes } from './amazon/codes.ts';
import type { Region } from './domain/marketplaces.ts';

export type Step = 'login' | 'orders' | 'marketplaces';

/** What a failed test means, and what a seller can do about it. */
export const trialWords = (step: Step, region: Region, error: unknown): string => {
  const { code, details } = error instanceof AppError ? error : { code: '', details: {} as AppError['details'] };
  if (code === codes.loginRefused) return logins[String(details.amazonCode)] ?? inWords(error);
  if (code === codes.unreachable)
    return `${step === 'login' ? 'Login with Amazon' : 'Amazon'} cannot be reached from here: look at the network.`;
  if (code === codes.denied) return `${denial(String(details.amazonSays), region)} ${inWords(error)}`;
  return inWords(error);
};

const logins: Readonly<Record<string, string>> = {
  invalid_client: 'The client id or the client secret is wrong. A secret also ends when it has not been renewed for 180 days.',
  invalid_grant:
    'The refresh token is not valid for this application: it was mistyped, belongs to another one, or the seller has revoked it. Authorize the application again.',
  unauthorized_client: 'The application is not allowed to log in for sellers: look at its status in the developer console.',
};

const denial = (amazonSays: string, region: Region): string => {
  if (/region/i.test(amazonSays)) return `The account does not belong to the region ${region}.`;
  if (/revoked|malformed/i.test(amazonSays)) return "The seller's authorization was revoked.";
  return `The account is not in the region ${region}, or the application lacks the role for orders.`;
};
