/** What an address in this country cannot do without, besides a street and a name. Elsewhere, nothing is taken for wrong that may be right. */
export interface CountryRules {
  readonly needs: readonly ('city' | 'state' | 'postalCode')[];
  /** The codes of its states, where Amazon and the carriers use codes. */
  readonly states?: ReadonlySet<string>;
}

const codes = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const usual: CountryRules = { needs: ['city', 'postalCode'] };
const withState: CountryRules = { needs: ['city', 'state', 'postalCode'] };
const cityOnly: CountryRules = { needs: ['city'] };

/** The countries of Amazon's marketplaces. */
export const countryRules: Readonly<Record<string, CountryRules>> = {
  US: {
    ...withState,
    states: codes(
      `AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR VI FM MH PW AA AE AP`,
    ),
  },
  CA: { ...withState, states: codes('AB BC MB NB NL NS NT NU ON PE QC SK YT') },
  AU: { ...withState, states: codes('ACT NSW NT QLD SA TAS VIC WA') },
  MX: withState,
  BR: withState,
  IN: withState,
  GB: usual,
  DE: usual,
  FR: usual,
  IT: usual,
  ES: usual,
  NL: usual,
  BE: usual,
  SE: usual,
  PL: usual,
  TR: usual,
  ZA: usual,
  // Eircodes are not asked of everybody.
  IE: cityOnly,
  EG: cityOnly,
  SA: cityOnly,
  // There are no postal codes; the emirate is its state.
  AE: { needs: ['city', 'state'] },
  // A city and its state at once.
  SG: { needs: ['postalCode'] },
  JP: { needs: ['state', 'postalCode'] },
};
