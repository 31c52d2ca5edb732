import { allowed } from './allowed.ts';

/** Where something stands that looks like a secret. What it is is not said: a check's output is read by many. */
export interface Finding {
  readonly line: number;
  readonly kind: string;
}

const kinds: Readonly<Record<string, RegExp>> = {
  'a private key': /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/,
  'an AWS access key': /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  'a token of Login with Amazon': /\bAtz[ra]\|[\w+/=.-]{12,}/,
  'a client secret of Login with Amazon': /\bamzn1\.oa2-cs\.v1\.[\w-]{12,}/,
  'a token of GitHub': /\b(?:gh[opusr]_[A-Za-z0-9]{36}|github_pat_\w{22,})/,
  'a token of npm': /\bnpm_[A-Za-z0-9]{36}\b/,
  'a token of Slack': /\bxox[abeoprs]-[\w-]{10,}/,
  'a webhook of Slack': /\bhooks\.slack\.com\/services\/\w{6,}\/\w{6,}\/\w{16,}/,
  'a key of Stripe': /\b[rs]k_live_\w{10,}/,
  'a signed token': /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
  'a secret of webhooks': /\bwhsec_[A-Za-z0-9+/]{20,}={0,2}/,
  'a password in an address': /\b[a-z][a-z+]+:\/\/[^\s:@/'"`]+:[^\s:@/'"`$…{}]{12,}@/,
  'a key of 32 bytes': /(?<![\w+/-])[A-Za-z0-9+/]{43}=(?![\w+/=])/,
};

const configuration = /(?:\.(?:json|ya?ml|toml|ini|conf|env|sh|properties)|Dockerfile|\.ci\/run)$/;
const longBase64 = /(?<![\w+/-])[A-Za-z0-9+/]{40,}={0,2}(?![\w+/=])/;

/** All in a file that looks like a secret and is not allowed by name. */
export const findSecrets = (path: string, text: string): Finding[] => {
  const here = configuration.test(path) ? { ...kinds, 'long base64': longBase64 } : kinds;
  const findings = text.split('\n').flatMap((content, index) =>
    Object.entries(here)
      .filter(([, pattern]) => [...content.matchAll(new RegExp(pattern, 'g'))].some(([found]) => isSecret(found)))
      .map(([kind]) => ({ line: index + 1, kind })),
  );
  return /(?:^|\/)\.env(?:\.[\w.]+)?$/.test(path) ? [{ line: 1, kind: 'a file of secrets' }, ...findings] : findings;
};

const isSecret = (found: string): boolean => !allowed.has(found) && !(base64.test(found) && isHarmless(found));

const base64 = /^[A-Za-z0-9+/]{40,}={0,2}$/;

/** Where something is in a document: `/spec/containers/0/name`. */
const pointer = /^(?:\/(?:[a-z]+(?:[A-Z][a-z]+)*|\d)){4,}$/;

/** A long path or name has no digits; base64 of something that people can read is an example. */
const isHarmless = (found: string): boolean =>
  !/[\d=]/.test(found) || pointer.test(found) || /^[\x20-\x7e]+$/.test(Buffer.from(found, 'base64').toString('latin1'));
