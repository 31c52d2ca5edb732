import { money } from './format.ts';

/** An amount of minor units with its currency; nothing where nothing is known. */
export const Money = ({ minor, currency }: { readonly minor: number | undefined; readonly currency: string | undefined }) =>
  minor === undefined || currency === undefined ? null : <span className="money">{money(minor, currency)}</span>;
