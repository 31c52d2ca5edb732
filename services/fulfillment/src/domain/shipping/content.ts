import type { PackedLine } from '@orderbus/contracts';
import type { FieldIssue } from '@orderbus/kernel';
import type { Content } from './command.ts';
import { isShipPlus } from './gates.ts';
import type { Shipping, ShippingOrder } from './order.ts';
import { isThere, type Parcel } from './parcel.ts';

/** The parcel with what was said about it; its lines are looked at elsewhere. */
export const withContent = (parcel: Parcel, { carrier, service, trackingNumber, shippedAt }: Content): Parcel => ({
  ...parcel,
  ...(carrier === undefined ? {} : { carrier }),
  ...(service === undefined ? {} : { service }),
  ...(trackingNumber === undefined ? {} : { trackingNumber }),
  ...(shippedAt === undefined ? {} : { shippedAt }),
});

/** What others are told of it: the same said twice is no news. */
export const sameContent = (a: Parcel, b: Parcel): boolean => gist(a) === gist(b);

const gist = ({ carrier, service, trackingNumber, shippedAt, lines }: Parcel): string =>
  JSON.stringify([carrier, service, trackingNumber, shippedAt && Date.parse(shippedAt), lines.map(lineGist).sort()]);

const lineGist = ({ lineId, quantity, transparencyCodes = [] }: PackedLine): string =>
  JSON.stringify([lineId, quantity, transparencyCodes]);

/** A label may be printed days before the parcel leaves. Later is a typing error, that Amazon would hear of years from now. */
const longestAheadMs = 14 * 86_400_000;

/** What is wrong with a parcel that leaves the house, as far as Amazon would say so. */
export const objectionsToDispatch = (parcel: Parcel, shipping: Shipping, at: string, path: string): FieldIssue[] => [
  ...(parcel.carrier === null
    ? [{ field: `${path}carrier`, message: 'Who takes it? Name the carrier.', code: 'shipment.no-carrier' }]
    : []),
  ...objectionsToMoment(parcel, shipping.order, at, path),
  ...objectionsToLabel(parcel, shipping.order, path),
  ...objectionsToCodes(parcel, shipping, path),
  ...missingCodes(parcel, shipping.order, path),
];

const objectionsToMoment = ({ shippedAt }: Parcel, { purchasedAt }: ShippingOrder, at: string, path: string): FieldIssue[] => {
  if (shippedAt === null) return [];
  const [left, bought] = [Date.parse(shippedAt), Date.parse(purchasedAt)];
  const field = `${path}shippedAt`;
  if (left < bought)
    return [{ field, message: `Before the order was placed, at ${purchasedAt}.`, code: 'shipment.before-order', facts: { purchasedAt } }];
  if (left > Date.parse(at) + longestAheadMs) return [{ field, message: 'More than 14 days ahead.', code: 'shipment.too-far-ahead' }];
  return [];
};

const objectionsToLabel = ({ labelFrom }: Parcel, order: ShippingOrder, path: string): FieldIssue[] =>
  isShipPlus(order) && labelFrom !== 'channel'
    ? [
        {
          ...{ field: `${path}labelFrom`, code: 'shipment.label-from-amazon' },
          message: 'A Ship+ order: buy its label at Amazon, which confirms the shipment thereby.',
        },
      ]
    : [];

/** A code stands on one unit only, whatever parcel that is in. */
export const objectionsToCodes = ({ id, lines }: Parcel, { parcels }: Shipping, path: string): FieldIssue[] => {
  const elsewhere = codesIn(parcels.filter((other) => other.id !== id && isThere(other)).flatMap((other) => other.lines));
  const seen = new Set(elsewhere);
  return lines.flatMap(({ lineId, transparencyCodes = [] }, n) => {
    const twice = transparencyCodes.filter((code) => seen.size === seen.add(code).size);
    const message = `A Transparency code stands on one unit only: ${twice.join(', ')} is named twice, for line ${lineId}.`;
    const facts = { codes: twice.join(', '), line: lineId };
    return twice.length > 0 ? [{ field: `${path}lines.${n}.transparencyCodes`, message, code: 'transparency.twice', facts }] : [];
  });
};

const missingCodes = ({ lines }: Parcel, order: ShippingOrder, path: string): FieldIssue[] => {
  const asking = new Set(order.lines.filter((line) => line.programs?.includes('transparency')).map(({ lineId }) => lineId));
  return lines.flatMap(({ lineId, quantity, transparencyCodes = [] }, n) =>
    asking.has(lineId) && transparencyCodes.length !== quantity
      ? [
          {
            field: `${path}lines.${n}.transparencyCodes`,
            message: `Line ${lineId} takes part in Transparency: ${quantity} codes are needed, one per unit, ${transparencyCodes.length} were given.`,
            code: 'transparency.missing',
            facts: { line: lineId, needed: quantity, given: transparencyCodes.length },
          },
        ]
      : [],
  );
};

const codesIn = (lines: readonly PackedLine[]): string[] => lines.flatMap(({ transparencyCodes = [] }) => transparencyCodes);
