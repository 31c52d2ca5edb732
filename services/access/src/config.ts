import { durationMs, flag, keySettings, list, port, serviceSettings, url } from '@orderbus/service-kit';
import { z } from 'zod';
import { type ClaimRule, readClaimRule } from './domain/claims.ts';
import { accountLock, addressLock, type LockRules } from './domain/lock.ts';
import { type SecondFactorName, secondFactorNames } from './domain/second-factor.ts';
import type { SessionTimes } from './domain/session.ts';

/** Complains beside whatever else is wrong, not only once that is right. */
const needed = (name: string, why: string) => ({ path: [name], message: why, when: () => true });

const loopback = /^(127(\.\d+){3}|::1|\[::1\]|localhost)$/;

/** A provider is spoken to over TLS, unless it is on this machine. */
const isSafe = (address: string): boolean => new URL(address).protocol === 'https:' || loopback.test(new URL(address).hostname);

/** Everybody else asks it; it asks nobody. */
const { ACCESS_URL: _, SERVICE_SECRET: __, ...ownSettings } = serviceSettings;

export const AccessConfig = z
  .object({
    ...ownSettings,
    HTTP_PORT: port().default(0),
    /** Seals the keys that tokens are signed with, and the secrets of authenticators. */
    ...keySettings,
    /** Where browsers find this service: for links, cookies and the check of where a request comes from. */
    PUBLIC_URL: url(['http', 'https']).optional(),
    /** Where people are sent once they are in, unless they wanted to go somewhere else. */
    CONSOLE_URL: url(['http', 'https']).optional(),
    /** What each service proves itself with: `name:sha256 in hex`, comma separated, or JSON. */
    SERVICE_SECRETS: z.string().default('').transform(serviceSecrets),
    SESSION_IDLE: durationMs().default(30 * 60_000),
    SESSION_LONGEST: durationMs().default(12 * 3_600_000),
    /** How long the first lock of an account lasts; each further one twice as long. */
    LOCK_FOR: durationMs().default(15 * 60_000),
    PASSWORD_MAX_AGE: durationMs().default(365 * 86_400_000),
    /** Memory of argon2id. */
    PASSWORD_MEMORY_MIB: z.coerce.number().int().min(19).max(1_024).default(64),
    /** Who needs an authenticator: roles and permissions, comma separated; `none`. */
    SECOND_FACTOR_FOR: z.string().default('admin,see-buyer-data,refund,manage-access').transform(secondFactorFor),
    /** Attempts to sign in, and what belongs to it, from one address. */
    SIGN_IN_PER_MINUTE: z.coerce.number().int().min(1).default(20),
    /** How long a link is good that lets somebody in once. */
    LINK_KEPT: durationMs().default(24 * 3_600_000),
    /** How often the keys change that tokens are signed with. */
    TOKEN_KEYS_EVERY: durationMs().default(90 * 86_400_000),
    OIDC_ISSUER: url(['http', 'https']).optional(),
    OIDC_CLIENT_ID: z.string().min(1).optional(),
    OIDC_CLIENT_SECRET: z.string().min(1).optional(),
    /** What the button says. */
    OIDC_NAME: z.string().max(40).default('OpenID Connect'),
    /** The claim that decides about rights, e.g. `groups`. Without one, people have to be invited first. */
    OIDC_CLAIM: z.string().min(1).optional(),
    OIDC_RIGHTS: list().default([]).transform(claimRules),
    /** Its addresses count as verified, though it does not say so. For providers that know their people, such as Entra ID. */
    OIDC_TRUST_EMAIL: flag().default(false),
  })
  .refine((config) => config.PUBLIC_URL !== undefined || loopback.test(config.HTTP_HOST ?? '127.0.0.1'), {
    ...needed('PUBLIC_URL', 'Needed unless this listens on this machine only'),
  })
  .refine((config) => config.OIDC_ISSUER === undefined || config.OIDC_CLIENT_ID !== undefined, {
    ...needed('OIDC_CLIENT_ID', 'Needed with OIDC_ISSUER'),
  })
  .refine((config) => config.OIDC_ISSUER === undefined || isSafe(config.OIDC_ISSUER), {
    ...needed('OIDC_ISSUER', 'Expected https://, unless it is on this machine'),
  });
export type AccessConfig = z.output<typeof AccessConfig>;

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly claim: string | undefined;
  readonly rules: readonly ClaimRule[];
  readonly trustEmail: boolean;
}

/** The settings by what they are for. */
export interface AccessSettings {
  /** Known once the service listens, when it was not given. */
  publicUrl(): string;
  readonly consoleUrl: string | undefined;
  readonly times: SessionTimes;
  readonly locks: { readonly account: LockRules; readonly address: LockRules };
  readonly passwordMaxAgeMs: number;
  readonly secondFactorFor: readonly SecondFactorName[];
  readonly signInPerMinute: number;
  readonly linkKeptMs: number;
  readonly oidc: OidcSettings | undefined;
  readonly oidcName: string | undefined;
}

export const settingsOf = (config: AccessConfig, ownUrl: () => string): AccessSettings => ({
  publicUrl: () => config.PUBLIC_URL ?? ownUrl(),
  consoleUrl: config.CONSOLE_URL,
  times: { idleMs: config.SESSION_IDLE, absoluteMs: config.SESSION_LONGEST },
  locks: { account: accountLock(config.LOCK_FOR), address: addressLock(config.LOCK_FOR) },
  passwordMaxAgeMs: config.PASSWORD_MAX_AGE,
  secondFactorFor: config.SECOND_FACTOR_FOR,
  signInPerMinute: config.SIGN_IN_PER_MINUTE,
  linkKeptMs: config.LINK_KEPT,
  oidc: oidcOf(config),
  oidcName: config.OIDC_ISSUER === undefined ? undefined : config.OIDC_NAME,
});

const oidcOf = (config: AccessConfig): OidcSettings | undefined =>
  config.OIDC_ISSUER === undefined || config.OIDC_CLIENT_ID === undefined
    ? undefined
    : {
        issuer: config.OIDC_ISSUER,
        clientId: config.OIDC_CLIENT_ID,
        clientSecret: config.OIDC_CLIENT_SECRET,
        claim: config.OIDC_CLAIM,
        rules: config.OIDC_RIGHTS,
        trustEmail: config.OIDC_TRUST_EMAIL,
      };

type Context = { readonly issues: { push(issue: { code: 'custom'; message: string; input: undefined }): unknown } };

const complain = (context: Context, message: string): never => {
  context.issues.push({ code: 'custom', message, input: undefined });
  return z.NEVER;
};

function serviceSecrets(text: string, context: Context): ReadonlyMap<string, string> {
  const entries = readSecrets(text);
  const wrong = entries === undefined || entries.some(([name, hash]) => !/^[a-z][\w-]{0,39}$/.test(name) || !/^[0-9a-f]{64}$/.test(hash));
  return wrong
    ? complain(context, 'Invalid secrets: expected name:sha256 in hex, comma separated, or {"name":"sha256"}')
    : new Map(entries);
}

const readSecrets = (text: string): [string, string][] | undefined => {
  if (!text.trim().startsWith('{')) {
    const parts = text.split(',').filter((part) => part.trim() !== '');
    return parts.map((part) => part.trim().split(':') as [string, string]).map(([name, hash = '']) => [name, hash]);
  }
  try {
    return Object.entries(JSON.parse(text) as Record<string, unknown>).map(([name, hash]) => [name, String(hash)]);
  } catch {
    return undefined;
  }
};

function secondFactorFor(text: string, context: Context): readonly SecondFactorName[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.join() === 'none') return [];
  const known = secondFactorNames.filter((name) => names.includes(name));
  return known.length === new Set(names).size
    ? known
    : complain(context, `Invalid names: expected none, or of ${secondFactorNames.join(', ')}`);
}

function claimRules(texts: readonly string[], context: Context): readonly ClaimRule[] {
  const rules = texts.map(readClaimRule);
  return rules.every((rule) => rule !== undefined)
    ? rules
    : complain(context, 'Invalid rights: expected value=role+permission, comma separated');
}
