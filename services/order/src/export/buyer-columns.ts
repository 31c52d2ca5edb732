import type { BuyerAddress, BuyerData } from '@orderbus/contracts';
import type { BuyerField } from '../vault/access.ts';
import { type Cell, text } from './cells.ts';

interface BuyerColumn {
  readonly header: string;
  /** The part of the buyer that it takes: what goes on record as seen. */
  readonly from: readonly BuyerField[];
  readonly of: (buyer: BuyerData) => Cell;
}

const recipient = (header: string, of: (address: BuyerAddress) => string | undefined): BuyerColumn => ({
  header,
  from: ['recipient'],
  of: ({ recipient: address = {} }) => text(of(address)),
});

/** The columns that tell who the buyer is, for whoever may see that. The address is the corrected one, where there is one. */
export const buyerColumns = {
  buyerName: { header: 'Buyer', from: ['name'], of: ({ name }) => text(name) },
  company: { header: 'Company', from: ['company', 'recipient'], of: ({ company, recipient }) => text(recipient?.company ?? company) },
  email: { header: 'E-mail', from: ['email'], of: ({ email }) => text(email) },
  recipientName: recipient('Recipient', ({ name }) => name),
  addressLine1: recipient('Address 1', ({ lines = [] }) => lines[0]),
  addressLine2: recipient('Address 2', ({ lines = [] }) => lines[1]),
  addressLine3: recipient('Address 3', ({ lines = [] }) => lines.slice(2).join(', ')),
  city: recipient('City', ({ city }) => city),
  postalCode: recipient('Postal code', ({ postalCode }) => postalCode),
  addressState: recipient('State or province', ({ state }) => state),
  country: recipient('Country', ({ country }) => country),
  phone: recipient('Phone', ({ phone }) => phone),
} as const satisfies Record<string, BuyerColumn>;

export type BuyerColumnName = keyof typeof buyerColumns;
export const buyerColumnNames = Object.keys(buyerColumns) as [BuyerColumnName, ...BuyerColumnName[]];

export const isBuyerColumn = (name: string): name is BuyerColumnName => name in buyerColumns;

export const fieldsOf = (names: readonly BuyerColumnName[]): BuyerField[] => [...new Set(names.flatMap((name) => buyerColumns[name].from))];
