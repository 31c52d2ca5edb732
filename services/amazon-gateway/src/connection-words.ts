import { AppError } from '@orderbus/kernel';
import { inWords } from './amazon/amazon-error.ts';
import { codes } from './amazon/codes.ts';
import type { Region } from './domain/marketplaces.ts';

export type Step = 'login' | 'orders' | 'marketplaces';

/** What a test of a connection can find, for those who have words of their own for it. */
export const findings = [
  'logged-in',
  'wrong-credentials',
  'wrong-authorization',
  'application-barred',
  'readable',
  'readable-unproven',
  'addresses-hidden',
  'other-region',
  'revoked',
  'refused',
  'sells',
  'sells-not',
  'unreachable',
  'other',
] as const;
export type Finding = (typeof findings)[number];

interface Diagnosis {
  readonly finding: Finding;
  /** For a seller. They hold no credentials. */
  readonly words: string;
}

/** What a failed test means, and what a seller can do about it. */
export const diagnose = (step: Step, region: Region, error: unknown): Diagnosis => {
  const { code, details } = error instanceof AppError ? error : { code: '', details: {} as AppError['details'] };
  if (code === codes.loginRefused) return logins[String(details.amazonCode)] ?? { finding: 'other', words: inWords(error) };
  if (code === codes.unreachable)
    return {
      finding: 'unreachable',
      words: `${step === 'login' ? 'Login with Amazon' : 'Amazon'} cannot be reached from here: look at the network.`,
    };
  if (code !== codes.denied) return { finding: 'other', words: inWords(error) };
  const { finding, words } = denial(String(details.amazonSays), region);
  return { finding, words: `${words} ${inWords(error)}` };
};

const logins: Readonly<Record<string, Diagnosis>> = {
  invalid_client: {
    finding: 'wrong-credentials',
    words: 'The client id or the client secret is wrong. A secret also ends when it has not been renewed for 180 days.',
  },
  invalid_grant: {
    finding: 'wrong-authorization',
    words:
      'The refresh token is not valid for this application: it was mistyped, belongs to another one, or the seller has revoked it. Authorize the application again.',
  },
  unauthorized_client: {
    finding: 'application-barred',
    words: 'The application is not allowed to log in for sellers: look at its status in the developer console.',
  },
};

const denial = (amazonSays: string, region: Region): Diagnosis => {
  if (/region/i.test(amazonSays)) return { finding: 'other-region', words: `The account does not belong to the region ${region}.` };
  if (/revoked|malformed/i.test(amazonSays)) return { finding: 'revoked', words: "The seller's authorization was revoked." };
  return { finding: 'refused', words: `The account is not in the region ${region}, or the application lacks the role for orders.` };
};
