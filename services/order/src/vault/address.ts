import type { BuyerAddress } from '@orderbus/contracts';
import type { FieldIssue } from '@orderbus/kernel';
import { postcodeValidator, postcodeValidatorExistsForCountry } from 'postcode-validator';
import { countryRules } from './countries.ts';
import { stateCodeOf } from './state-names.ts';

/** The same address in the way in which carriers write it: codes in capitals, nothing around the words. */
export const tidied = (address: BuyerAddress): BuyerAddress => {
  const country = address.country?.toUpperCase();
  const { state, postalCode } = address;
  return {
    ...address,
    ...(country === undefined ? {} : { country }),
    ...(state === undefined ? {} : { state: stateCodeOf(country, state) }),
    ...(postalCode === undefined ? {} : { postalCode: postalCode.toUpperCase() }),
  };
};

/** What keeps a parcel from arriving there; each field that is wrong. Never what is in it. */
export const addressIssues = ({ country = '', state, ...address }: BuyerAddress): FieldIssue[] => {
  if (country === 'UK') return [{ field: 'country', message: 'Invalid country: the United Kingdom is GB', code: 'address.uk-is-gb' }];
  const name = nameOf(country);
  if (name === undefined)
    return [{ field: 'country', message: 'Invalid country: expected its two letters (ISO 3166)', code: 'address.no-country' }];

  const { needs = [], states } = countryRules[country] ?? {};
  const given = { ...address, state };
  const issues: FieldIssue[] = needs
    .filter((field) => given[field] === undefined)
    .map((field) => ({ field, message: `Required in ${name}`, code: 'address.required', facts: { country } }));
  if (states !== undefined && state !== undefined && !states.has(state))
    issues.push({
      field: 'state',
      message: `Invalid state: expected the code of one in ${name}`,
      code: 'address.no-state',
      facts: { country },
    });
  const { postalCode } = address;
  if (postalCode !== undefined && postcodeValidatorExistsForCountry(country) && !postcodeValidator(postalCode, country))
    issues.push({
      field: 'postalCode',
      message: `Invalid postal code: none of ${name}`,
      code: 'address.no-postal-code',
      facts: { country },
    });
  return issues;
};

/**
 * The fields of an address of Amazon's with which no parcel arrives. Null where Amazon withholds the person: nothing can be said of that.
 * Buyers write their state in many ways; what can be understood is not wrong.
 */
export const unacceptableFields = (address: BuyerAddress | undefined): string[] | null => {
  if (address === undefined || !tellsPerson(address)) return null;
  const { name, company, lines = [], street } = address;
  return [
    ...(name === undefined && company === undefined ? ['name'] : []),
    ...(lines.length === 0 && street === undefined ? ['lines'] : []),
    ...addressIssues(tidied(address)).map(({ field }) => field),
  ];
};

const tellsPerson = ({ name, company, lines, street }: BuyerAddress): boolean =>
  name !== undefined || company !== undefined || lines !== undefined || street !== undefined;

const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

const nameOf = (country: string): string | undefined => (/^[A-Z]{2}$/.test(country) ? countryNames.of(country) : undefined);
