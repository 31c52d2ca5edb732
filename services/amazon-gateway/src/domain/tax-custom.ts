/** Only here the tax comes on top of the prices that buyers see. Everywhere else they contain it. */
const taxOnTop: ReadonlySet<string> = new Set(['US', 'CA']);

/** Whether the prices of a country's site contain the tax. Of a country that we do not know nobody can say so: its tax counts as added. */
export const pricesContainTax = (country: string | undefined): boolean => country !== undefined && !taxOnTop.has(country);
