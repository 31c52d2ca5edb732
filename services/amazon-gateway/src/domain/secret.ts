import { type AmazonSecret, AmazonSecretExpiring, AmazonSecretRenewed, accept, type Decision, refuse } from '@orderbus/contracts';

/** What was said of how long a secret of a store still opens it. Told at each warning, and when it no longer matters; once each. */
export interface SecretWatch extends Watched {
  readonly id: string;
  readonly tenant: string;
  readonly version: number;
}

interface Watched {
  readonly secret: AmazonSecret;
  /** The one that it was said of was set then. */
  readonly setAt: string;
  /** The last warning; null: nothing is said of it. */
  readonly warned: number | null;
}

/** A look at the secret as it is now. */
export interface SecretCommand {
  readonly type: 'look';
  readonly secret: AmazonSecret;
  readonly storeName: string;
  readonly setAt: string;
  /** How long it opens the store. Null: without end, or the store is gone. */
  readonly lifetimeMs: number | null;
}

/** How many days before its end a warning comes. */
const warnings = [30, 7, 1, 0] as const;

const dayMs = 86_400_000;

export const endOf = (setAt: string, lifetimeMs: number): number => Date.parse(setAt) + lifetimeMs;

/** The latest warning that is due, if any is. */
export const warningAt = (endsAt: number, now: number): number | undefined => warnings.findLast((days) => now >= endsAt - days * dayMs);

export const decideSecret = (
  known: Pick<SecretWatch, 'setAt' | 'warned'> | undefined,
  { secret, storeName, setAt, lifetimeMs }: SecretCommand,
  { tenant: storeId }: { readonly tenant: string },
  { now }: { readonly now: string },
): Decision<Watched> => {
  const said = known?.warned ?? null;
  const endsAt = lifetimeMs === null ? undefined : endOf(setAt, lifetimeMs);
  const due = endsAt === undefined ? undefined : warningAt(endsAt, Date.parse(now));
  if (said !== null && (due === undefined || known?.setAt !== setAt))
    return accept({ secret, setAt, warned: null }, AmazonSecretRenewed.of({ storeId, storeName, secret }));
  if (due === undefined || endsAt === undefined || (said !== null && said <= due)) return refuse('already-done');
  const expiresAt = new Date(endsAt).toISOString();
  return accept({ secret, setAt, warned: due }, AmazonSecretExpiring.of({ storeId, storeName, secret, expiresAt, daysBefore: due }));
};
