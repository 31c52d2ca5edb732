import { country } from '../../../ui/format.ts';
import type { Buyer } from '../facts.ts';
import classes from './DetailsTab.module.css';

export interface AddressLinesProps {
  readonly address: NonNullable<Buyer['buyer']['recipient']>;
  readonly masked: boolean;
}

/** An address as it stands on a label; a masked one hides its street. */
export const AddressLines = ({ address, masked }: AddressLinesProps) => {
  const { name, company, lines = [], city, district, municipality, state, postalCode, country: code } = address;
  const place = [postalCode, city].filter(Boolean).join(' ');
  const rows = [
    ...[name, company],
    ...(masked ? ['•••••'] : lines),
    ...[[district, municipality].filter(Boolean).join(', '), [place, state].filter(Boolean).join(', '), code && country(code)],
  ].filter((row) => row !== undefined && row !== '');
  return (
    <address className={classes.address}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines of an address may be the same.
        <div key={index}>{row}</div>
      ))}
    </address>
  );
};
