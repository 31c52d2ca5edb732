/** How a counted number of this shop looks. */
export const exampleNumber = (shop: string | null): string => framed(shop === null ? '' : `${shop}-`, '');

export const framed = (prefix: string, suffix: string): string => `${prefix}000000001${suffix}`;

export const affixPattern = /^[A-Za-z0-9._/-]{0,20}$/;
