import type { BuyerData } from '@orderbus/contracts';

/** What everybody may see of a buyer. */
export interface MaskedBuyer {
  readonly name?: string;
  readonly city?: string;
  readonly country?: string;
}

export const maskedOf = ({ name, recipient }: BuyerData): MaskedBuyer => {
  const masked = maskedName(name ?? recipient?.name ?? '');
  return {
    ...(masked === '' ? {} : { name: masked }),
    ...(recipient?.city === undefined ? {} : { city: recipient.city }),
    ...(recipient?.country === undefined ? {} : { country: recipient.country }),
  };
};

/** The first letter of each word; not how long it is. */
const maskedName = (name: string): string =>
  name
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 4)
    .map((word) => `${[...word][0]}••••`)
    .join(' ');
