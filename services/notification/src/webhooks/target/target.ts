import { isIP } from 'node:net';
import type { Reason } from '../../domain/reason.ts';
import { whyNotPublic } from './addresses.ts';
import { NotCallable } from './not-callable.ts';

/** A host of the operator's own network that people may name: with http, too, and whatever its address. Without a port: on all of them. */
export interface AllowedHost {
  readonly host: string;
  readonly port?: string;
}

/** A URL that a person gave, as far as it can be judged without asking anybody. */
export interface Target {
  readonly url: URL;
  /** What may be said about it: the rest of the URL can hold secrets. */
  readonly name: string;
  readonly allowed: boolean;
  /** Its host, if that is an address and no name. */
  readonly address?: string;
}

/** `host` or `host:port`, each written out; nothing if it is neither. */
export const readAllowedHost = (text: string): AllowedHost | undefined => {
  const [, host, port] = /^(\[[\da-f:.]+\]|[^*:/?#@\\[\]\s]+)(?::(\d{1,5}))?$/i.exec(text) ?? [];
  if (host === undefined || !URL.canParse(`http://${host}`)) return undefined;
  return { host: new URL(`http://${host}`).hostname, ...(port === undefined ? {} : { port }) };
};

/** @throws NotCallable `target.forbidden`, without anything of the URL but its host. */
export const readTarget = (text: string, allowedHosts: readonly AllowedHost[]): Target => {
  if (!URL.canParse(text)) throw forbidden({ code: 'target.no-url', words: 'it is not a URL' });
  const url = new URL(text);
  const secure = url.protocol === 'https:';
  if (!secure && url.protocol !== 'http:') throw forbidden({ code: 'target.no-https', words: 'only https:// addresses are called' });
  if (url.username !== '' || url.password !== '')
    throw forbidden({ code: 'target.holds-password', words: 'user and password do not belong into it' });
  const port = url.port || (secure ? '443' : '80');
  const allowed = allowedHosts.some((host) => host.host === url.hostname && (host.port ?? port) === port);
  const facts = { host: url.host };
  if (!secure && !allowed)
    throw forbidden({
      code: 'target.not-allowed',
      words: `only https:// addresses are called, and ${url.host} is none of WEBHOOK_ALLOWED_HOSTS`,
      facts,
    });
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const target = { url, name: url.host, allowed };
  if (isIP(host) === 0) return target;
  if (!isWrittenOut(text, url))
    throw forbidden({ code: 'target.not-written-out', words: `an address has to be written out: ${url.host}`, facts });
  throwUnlessPublic(target, [host]);
  return { ...target, address: host };
};

/** @throws NotCallable `target.forbidden` when one of the addresses is not for the public, and the operator has not allowed the host. */
export const throwUnlessPublic = ({ allowed, name }: Target, addresses: readonly string[]): void => {
  const [kind] = allowed ? [] : addresses.map(whyNotPublic).filter((reason) => reason !== undefined);
  if (kind !== undefined) throw forbidden({ ...kind, words: `${name} is ${kind.words}`, facts: { host: name } });
};

const forbidden = (reason: Reason): NotCallable => new NotCallable('target.forbidden', reason);

/** Not as 2130706433, 0x7f.1 or 0177.0.0.1: readers of the list must see where it leads. */
const isWrittenOut = (text: string, { hostname }: URL): boolean =>
  /^https?:\/\/(\[[^\]]+\]|[^:/?#]+)/i.exec(text)?.[1]?.toLowerCase() === hostname;
