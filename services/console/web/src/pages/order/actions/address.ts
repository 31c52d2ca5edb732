import type { operations } from '../../../api/generated/order.d.ts';
import type { Buyer } from '../facts.ts';

export type AddressBody = operations['putOrdersByOrderIdAddress']['requestBody']['content']['application/json'];
export type Recipient = NonNullable<NonNullable<Buyer['buyer']>['recipient']>;

export const textFields = ['name', 'company', 'city', 'district', 'municipality', 'state', 'postalCode', 'country', 'phone'] as const;
export type TextField = (typeof textFields)[number];

/** An address as somebody fills it in; the lines of its street one below the other. */
export type AddressDraft = Readonly<Record<TextField | 'lines', string>>;

export const draftOf = (address: Recipient | undefined): AddressDraft => ({
  ...(Object.fromEntries(textFields.map((field) => [field, address?.[field] ?? ''])) as Record<TextField, string>),
  lines: (address?.lines ?? []).join('\n'),
});

const mostLines = 4;

const linesIn = (draft: AddressDraft): string[] =>
  draft.lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

interface CountryForm {
  readonly needs: readonly TextField[];
  /** Besides street, city, postal code and state, which everybody may have. */
  readonly also?: readonly TextField[];
  readonly states?: readonly string[];
}

const codes = (text: string): readonly string[] => text.split(' ');

/** What the order service asks for, country by country; it has the last word. */
const forms: Readonly<Record<string, CountryForm>> = {
  US: {
    needs: ['city', 'state', 'postalCode'],
    states: codes(
      'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR VI FM MH PW AA AE AP',
    ),
  },
  CA: { needs: ['city', 'state', 'postalCode'], states: codes('AB BC MB NB NL NS NT NU ON PE QC SK YT') },
  AU: { needs: ['city', 'state', 'postalCode'], states: codes('ACT NSW NT QLD SA TAS VIC WA') },
  MX: { needs: ['city', 'state', 'postalCode'], also: ['district', 'municipality'] },
  BR: { needs: ['city', 'state', 'postalCode'], also: ['district'] },
  IN: { needs: ['city', 'state', 'postalCode'], also: ['district'] },
  TR: { needs: ['city', 'postalCode'], also: ['district'] },
  IE: { needs: ['city'] },
  EG: { needs: ['city'] },
  SA: { needs: ['city'], also: ['district'] },
  AE: { needs: ['city', 'state'], also: ['district'] },
  SG: { needs: ['postalCode'] },
  JP: { needs: ['state', 'postalCode'], also: ['district'] },
};

const usual: CountryForm = { needs: ['city', 'postalCode'] };
const elsewhere: CountryForm = { needs: [] };
const usualCountries = codes('GB DE FR IT ES NL BE SE PL ZA');

export const formOf = (country: string): CountryForm => forms[country] ?? (usualCountries.includes(country) ? usual : elsewhere);

/** The fields that are shown: those of its country, and those in which something stands. */
export const shownFields = (draft: AddressDraft): readonly TextField[] => {
  const { also = [], needs } = formOf(draft.country);
  return textFields.filter(
    (field) =>
      !(['district', 'municipality'] as const).some((one) => one === field) ||
      also.includes(field) ||
      needs.includes(field) ||
      draft[field] !== '',
  );
};

export type AddressIssue = 'missing' | 'too-many-lines' | 'state';

/** What is missing, by the field that the server would name. */
export const issuesOf = (draft: AddressDraft, reason: string): ReadonlyMap<string, AddressIssue> => {
  const { needs, states } = formOf(draft.country);
  const required: readonly TextField[] = ['name', 'country', ...needs];
  const issues = new Map<string, AddressIssue>(
    required.filter((field) => draft[field].trim() === '').map((field) => [`recipient.${field}`, 'missing'] as const),
  );
  if (linesIn(draft).length === 0) issues.set('recipient.lines', 'missing');
  if (linesIn(draft).length > mostLines) issues.set('recipient.lines', 'too-many-lines');
  if (states && draft.state.trim() !== '' && !states.includes(draft.state.trim().toUpperCase())) issues.set('recipient.state', 'state');
  if (reason.trim() === '') issues.set('reason', 'missing');
  return issues;
};

/** What Amazon knows besides, and nobody can type here, stays with it, as long as the street is the same. */
export const bodyOf = (draft: AddressDraft, before: Recipient | undefined, reason: string): AddressBody => {
  const lines = linesIn(draft);
  const said = Object.fromEntries(
    textFields.map((field) => [field, draft[field].trim()] as const).filter(([, text]) => text !== ''),
  ) as Partial<Record<TextField, string>>;
  const isSameStreet = JSON.stringify(lines) === JSON.stringify(before?.lines ?? []);
  return {
    recipient: {
      ...said,
      name: draft.name.trim(),
      country: draft.country.trim().toUpperCase(),
      lines,
      ...(before?.type === undefined ? {} : { type: before.type }),
      ...(before?.street === undefined || !isSameStreet ? {} : { street: before.street }),
    },
    reason: reason.trim(),
  };
};

/** As it stands on an envelope. */
export const asLines = (address: Recipient): readonly string[] =>
  [
    address.name,
    address.company,
    ...(address.lines ?? []),
    address.district,
    address.municipality,
    [address.postalCode, address.city, address.state].filter((part) => part).join(' '),
    address.country,
    address.phone,
  ].filter((line): line is string => line !== undefined && line !== '');

/** ISO 3166, without six where nobody lives. */
export const countries: readonly string[] = codes(
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW',
);
