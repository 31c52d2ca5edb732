/** How the numbers of carriers look. A number that looks otherwise may still be right: people are told, not stopped. */
const looks: readonly (readonly [carrier: string, look: RegExp, example: string])[] = [
  ['UPS', /^1Z[0-9A-Z]{16}$/, '1Z 999 AA1 01 2345 6784'],
  ['USPS', /^(\d{20,22}|9\d{15,33}|[A-Z]{2}\d{9}US)$/, '9400 1000 0000 0000 0000 00'],
  ['FedEx', /^(\d{12}|\d{15}|\d{20}|\d{22})$/, '1234 5678 9012'],
  ['DHL', /^(\d{10,12}|\d{20}|JJ?D\d{10,20}|[A-Z]{3}\d{7,10})$/, '00340434161094042557'],
  ['DPD', /^\d{14}[0-9A-Z]?$/, '0998 1234 5678 90'],
  ['GLS', /^(\d{11,12}|[0-9A-Z]{8})$/, '12345678901'],
  ['Hermes', /^(H?\d{14,20})$/, '12345678901234'],
  ['Evri', /^([0-9A-Z]{16})$/, 'H000HA0000000000'],
  ['Royal Mail', /^[A-Z]{2}\d{9}GB$/, 'AB123456789GB'],
  ['Canada Post', /^(\d{16}|[A-Z]{2}\d{9}CA)$/, '1234 5678 9012 3456'],
  ['Deutsche Post', /^([A-Z]{2}\d{9}DE|[0-9A-F]{20})$/, 'RR123456789DE'],
];

const bare = (number: string): string => number.replace(/[\s-]/g, '').toUpperCase();

/** Carriers who can be told by their numbers alone. */
const unmistakable: readonly string[] = ['UPS', 'Royal Mail'];

/** Who carries it, where the number tells. */
export const carrierBy = (number: string): string | undefined =>
  looks.find(([carrier, look]) => unmistakable.includes(carrier) && look.test(bare(number)))?.[0] ??
  (/^[A-Z]{2}\d{9}US$|^9[2-5]\d{20}$/.test(bare(number)) ? 'USPS' : undefined);

/** What the carrier's numbers usually look like, where this one does not. */
export const exampleInstead = (carrier: string, number: string): string | undefined => {
  if (bare(number) === '') return undefined;
  const known = looks.find(([name]) => name.toLowerCase() === carrier.trim().toLowerCase());
  return known === undefined || known[1].test(bare(number)) ? undefined : known[2];
};
