import { AppError } from '@orderbus/kernel';
import type { KeyRing } from '@orderbus/service-kit';
import { newSecret } from './signing.ts';

/** What is kept sealed of a webhook: its whole URL, which may hold a token, and its secrets. */
export interface SealedTarget {
  readonly url: string;
  /** The newest first. */
  readonly secrets: readonly Secret[];
}

interface Secret {
  readonly secret: string;
  /** Absent: until it is replaced. */
  readonly until?: string;
}

/** What it is sealed for: in the row of another webhook it does not open. */
export const sealingContext = (webhookId: string): string => `webhook:${webhookId}`;

export const sealTarget = (ring: KeyRing, webhookId: string, target: SealedTarget): string => ring.seal(target, sealingContext(webhookId));

/** What was sealed with a key that is gone is lost. */
export const openIfPossible = (ring: KeyRing, webhookId: string, sealed: string): SealedTarget | undefined => {
  try {
    return ring.open(sealed, sealingContext(webhookId)) as SealedTarget;
  } catch (error) {
    if (error instanceof AppError && error.code === 'sealing.unknown-key') return undefined;
    throw error;
  }
};

/** For callers that wait for an answer. @throws AppError `webhook.key-lost` */
export const openTarget = (ring: KeyRing, webhookId: string, sealed: string): SealedTarget => {
  const target = openIfPossible(ring, webhookId, sealed);
  if (target === undefined) throw new AppError('conflict', 'webhook.key-lost', { id: webhookId });
  return target;
};

export const newTarget = (url: string): SealedTarget => ({ url, secrets: [{ secret: newSecret() }] });

/** A new secret; the one before stays good until then, and those before that are forgotten. */
export const withNewSecret = ({ url, secrets: [before] }: SealedTarget, until: Date): SealedTarget => ({
  url,
  secrets: [{ secret: newSecret() }, ...(before === undefined ? [] : [{ secret: before.secret, until: until.toISOString() }])],
});

export const secretsAt = ({ secrets }: SealedTarget, now: Date): string[] =>
  secrets.filter(({ until }) => until === undefined || Date.parse(until) > now.getTime()).map(({ secret }) => secret);

/** What may be shown of a URL: where it leads, and enough of its end to know it again. */
export const shownUrl = (text: string): string => {
  const { origin, pathname, search } = new URL(text);
  const rest = pathname === '/' && search === '' ? '' : pathname + search;
  return `${origin}${rest === '' ? '/' : `/…${rest.length < 16 ? '' : rest.slice(-4)}`}`;
};

/** An answer without what it may repeat of the target: shortened, readable, and storable as JSON. */
export const scrubbed = (text: string, target: SealedTarget | undefined, scrub: (text: string) => string): string => {
  const clean = secretPartsOf(target).reduce((rest, part) => rest.replaceAll(part, '[redacted]'), scrub(text));
  return Buffer.from(clean.replace(/[^\P{Cc}\n\t]/gu, ' '))
    .subarray(0, 1_024)
    .toString('utf8');
};

/** The longest first: what is part of another one would leave the rest of it. */
const secretPartsOf = (target: SealedTarget | undefined): string[] => {
  if (target === undefined) return [];
  const { pathname, search, searchParams } = new URL(target.url);
  const whole = [target.url, pathname + search, pathname, search.slice(1)];
  const pieces = [...pathname.split('/'), ...searchParams.values()].toSorted((a, b) => b.length - a.length);
  return [...whole, ...target.secrets.map(({ secret }) => secret), ...pieces].filter((part) => part.length > 8);
};
