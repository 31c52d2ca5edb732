import { countryRules } from './countries.ts';

/** The states whose codes carriers want, by the names that buyers write. */
const names: Readonly<Record<string, string>> = {
  US: `AL Alabama, AK Alaska, AZ Arizona, AR Arkansas, CA California, CO Colorado, CT Connecticut, DE Delaware, FL Florida, GA Georgia,
    HI Hawaii, ID Idaho, IL Illinois, IN Indiana, IA Iowa, KS Kansas, KY Kentucky, LA Louisiana, ME Maine, MD Maryland, MA Massachusetts,
    MI Michigan, MN Minnesota, MS Mississippi, MO Missouri, MT Montana, NE Nebraska, NV Nevada, NH New Hampshire, NJ New Jersey,
    NM New Mexico, NY New York, NC North Carolina, ND North Dakota, OH Ohio, OK Oklahoma, OR Oregon, PA Pennsylvania, RI Rhode Island,
    SC South Carolina, SD South Dakota, TN Tennessee, TX Texas, UT Utah, VT Vermont, VA Virginia, WA Washington, WV West Virginia,
    WI Wisconsin, WY Wyoming, DC District of Columbia, AS American Samoa, GU Guam, MP Northern Mariana Islands, PR Puerto Rico,
    VI Virgin Islands`,
  CA: `AB Alberta, BC British Columbia, MB Manitoba, NB New Brunswick, NL Newfoundland and Labrador, NS Nova Scotia, NT Northwest Territories,
    NU Nunavut, ON Ontario, PE Prince Edward Island, QC Quebec, SK Saskatchewan, YT Yukon`,
  AU: `ACT Australian Capital Territory, NSW New South Wales, NT Northern Territory, QLD Queensland, SA South Australia, TAS Tasmania,
    VIC Victoria, WA Western Australia`,
};

/** As it is compared: letters alone, so that `N.Y.` is `NY`. */
const letters = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/[^A-Za-z]/g, '')
    .toUpperCase();

const codesByName: Readonly<Record<string, ReadonlyMap<string, string>>> = Object.fromEntries(
  Object.entries(names).map(([country, list]) => [
    country,
    new Map(
      list.split(',').map((entry): [string, string] => {
        const [code = '', ...words] = entry.trim().split(/\s+/);
        return [letters(words.join('')), code];
      }),
    ),
  ]),
);

/** The code of this state, where its country's states have codes and this is one of them; else what it was. */
export const stateCodeOf = (country: string | undefined, state: string): string => {
  const codes = country === undefined ? undefined : countryRules[country]?.states;
  if (country === undefined || codes === undefined) return state;
  const written = letters(state);
  return codes.has(written) ? written : (codesByName[country]?.get(written) ?? state.toUpperCase());
};
