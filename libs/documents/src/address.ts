import type { Manner } from './language.ts';
import { words } from './words.ts';

/** A buyer's or recipient's address, as far as it is known. */
export interface Address {
  readonly name?: string | undefined;
  readonly company?: string | undefined;
  readonly lines?: readonly string[] | undefined;
  readonly city?: string | undefined;
  readonly district?: string | undefined;
  readonly state?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly country?: string | undefined;
}

/** Whom a document is for. He may have been forgotten since: the document tells when, and is still one. */
export type Recipient =
  | { readonly state: 'known'; readonly address: Address }
  | { readonly state: 'removed'; readonly at: string }
  | { readonly state: 'unknown' };

/** Line by line, in the order of its country. */
export const recipientLines = (recipient: Recipient, manner: Manner): readonly string[] => {
  const { addressRemoved, addressUnknown } = words[manner.language];
  if (recipient.state === 'removed') return [addressRemoved(manner.date(recipient.at))];
  const lines = recipient.state === 'unknown' ? [] : addressLines(recipient.address, manner);
  return lines.length === 0 ? [addressUnknown] : lines;
};

const addressLines = (address: Address, manner: Manner): readonly string[] => {
  const { name, company, lines = [], district, country } = address;
  const people = [country === 'JP' && name ? `${name} 様` : name, company === name ? undefined : company];
  const place = placeOf(address);
  const land = country === undefined ? undefined : manner.countryName(country);
  const ordered = country === 'JP' ? [...place, ...lines, ...people, land] : [...people, ...lines, district, ...place, land];
  return ordered.filter((line) => line !== undefined && line.trim() !== '') as string[];
};

const placeOf = ({ city, state, postalCode, country = '' }: Address): readonly (string | undefined)[] => {
  if (country === 'JP') return [postalCode && `〒${postalCode}`, joined('', state, city)];
  if (country === 'GB' || country === 'IE') return [city, state, postalCode];
  if (['US', 'CA', 'AU', 'MX', 'BR', 'IN', 'PR'].includes(country))
    return [joined(' ', city && (state || postalCode) ? `${city},` : city, state, postalCode)];
  return [joined(' ', postalCode, city), state === city ? undefined : state];
};

const joined = (between: string, ...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(between);
