import type { operations } from '../../../api/generated/fulfillment.d.ts';
import type { Shipment, Shipping } from '../facts.ts';

type ShippingLine = Shipping['lines'][number];
export type NewShipments = Extract<
  operations['postShipments']['requestBody']['content']['application/json'],
  { packages: readonly unknown[] }
>;

/** A package as somebody fills it in. */
export interface PackageDraft {
  /** Stays with the package while others come and go. */
  readonly key: number;
  /** Units in it, by line. */
  readonly quantities: Readonly<Record<string, number>>;
  /** Transparency codes as typed, one per unit, by line. */
  readonly codes: Readonly<Record<string, string>>;
  readonly carrier: string;
  readonly tracking: string;
  readonly service: string;
}

export interface ShipmentDraft {
  readonly packages: readonly PackageDraft[];
  readonly handedOver: boolean;
  /** As the browser's field for a date and time has it, in the reader's time zone. Empty: now. */
  readonly shippedAt: string;
  readonly labelAtAmazon: boolean;
}

/** One package with all that is left, by the carrier who takes most. */
export const draftOf = (lines: readonly ShippingLine[], carrier: string, labelAtAmazon: boolean): ShipmentDraft => ({
  packages: [{ ...empty, key: 1, carrier, quantities: Object.fromEntries(lines.map(({ lineId, left }) => [lineId, left])) }],
  handedOver: true,
  shippedAt: '',
  labelAtAmazon,
});

const empty: Omit<PackageDraft, 'key' | 'carrier'> = { quantities: {}, codes: {}, tracking: '', service: '' };

/** One package more. It begins with the last product of the fullest one, or one unit of the only product, and goes the same way. */
export const withPackage = (draft: ShipmentDraft): ShipmentDraft => {
  const key = Math.max(0, ...draft.packages.map((one) => one.key)) + 1;
  const fullest = draft.packages.toSorted((a, b) => unitsIn(b) - unitsIn(a))[0];
  const held = Object.entries(fullest?.quantities ?? {}).filter(([, quantity]) => quantity > 0);
  const [lineId, quantity] = held.at(-1) ?? [];
  const moved = held.length > 1 ? (quantity ?? 0) : (quantity ?? 0) > 1 ? 1 : 0;
  const added: PackageDraft = { ...empty, key, carrier: fullest?.carrier ?? '', service: fullest?.service ?? '' };
  if (lineId === undefined || moved === 0) return { ...draft, packages: [...draft.packages, added] };
  const before = draft.packages.map((one) => (one === fullest ? moving(one, lineId, -moved) : one));
  return { ...draft, packages: [...before, moving(added, lineId, moved)] };
};

/** What was in it goes into the first one that stays. */
export const withoutPackage = (draft: ShipmentDraft, key: number): ShipmentDraft => {
  const gone = draft.packages.find((one) => one.key === key);
  const [first, ...rest] = draft.packages.filter((one) => one !== gone);
  if (gone === undefined || first === undefined) return draft;
  const filled = Object.entries(gone.quantities).reduce((one, [lineId, quantity]) => moving(one, lineId, quantity), first);
  return { ...draft, packages: [filled, ...rest] };
};

export const withFields = (draft: ShipmentDraft, key: number, fields: Partial<PackageDraft>): ShipmentDraft => ({
  ...draft,
  packages: draft.packages.map((one) => (one.key === key ? { ...one, ...fields } : one)),
});

/** So many units of a line in this package: what is too many for all of them together is taken out of the others. */
export const withQuantity = (draft: ShipmentDraft, key: number, line: ShippingLine, wanted: number): ShipmentDraft => {
  const { lineId, left } = line;
  const quantity = Math.min(Math.max(0, Math.trunc(wanted)), left);
  let spare = left - quantity;
  const packages = draft.packages.map((one) => {
    if (one.key === key) return { ...one, quantities: { ...one.quantities, [lineId]: quantity } };
    const kept = Math.min(quantityOf(one, lineId), spare);
    spare -= kept;
    return { ...one, quantities: { ...one.quantities, [lineId]: kept } };
  });
  return { ...draft, packages };
};

const moving = (one: PackageDraft, lineId: string, by: number): PackageDraft => ({
  ...one,
  quantities: { ...one.quantities, [lineId]: quantityOf(one, lineId) + by },
});

export const quantityOf = ({ quantities }: PackageDraft, lineId: string): number => quantities[lineId] ?? 0;
export const unitsIn = ({ quantities }: PackageDraft): number => Object.values(quantities).reduce((sum, one) => sum + one, 0);

/** Units that are left and in none of the packages. */
export const unitsBehind = (draft: ShipmentDraft, lines: readonly ShippingLine[]): number =>
  lines.reduce((sum, { left }) => sum + left, 0) - draft.packages.reduce((sum, one) => sum + unitsIn(one), 0);

const codesIn = (text: string): string[] => text.split(/[\s,;]+/).filter((code) => code !== '');

export type ShipmentIssue = 'empty' | 'carrier' | 'codes' | 'too-many-codes';

/** What is missing, by the field that the server would name: `packages.0.carrier`. */
export const issuesOf = (draft: ShipmentDraft, lines: readonly ShippingLine[]): ReadonlyMap<string, ShipmentIssue> =>
  new Map(
    draft.packages.flatMap((one, n) =>
      issuesIn(one, lines, draft.handedOver).map(([field, issue]) => [`packages.${n}.${field}`, issue] as const),
    ),
  );

/** A parcel that stays in the house may lack its carrier, and codes, until it leaves. */
export const issuesIn = (
  one: PackageDraft,
  lines: readonly ShippingLine[],
  leaves: boolean,
): (readonly [field: string, issue: ShipmentIssue])[] => [
  ...(unitsIn(one) === 0 ? [['lines', 'empty'] as const] : []),
  ...(leaves && one.carrier.trim() === '' ? [['carrier', 'carrier'] as const] : []),
  ...lines.flatMap((line) => {
    const issue = issueOfCodes(one, line, leaves);
    return issue === undefined ? [] : [[`codes.${line.lineId}`, issue] as const];
  }),
];

const issueOfCodes = (one: PackageDraft, { lineId, needsCodes }: ShippingLine, leaves: boolean): ShipmentIssue | undefined => {
  if (!needsCodes) return undefined;
  const missing = quantityOf(one, lineId) - codesIn(one.codes[lineId] ?? '').length;
  if (missing < 0) return 'too-many-codes';
  return missing > 0 && leaves ? 'codes' : undefined;
};

export const bodyOf = (orderId: string, draft: ShipmentDraft): NewShipments => ({
  orderId,
  handedOver: draft.handedOver,
  packages: draft.packages.map((one) => ({
    ...(one.carrier.trim() === '' ? {} : { carrier: one.carrier.trim() }),
    ...(one.service.trim() === '' ? {} : { service: one.service.trim() }),
    ...(one.tracking.trim() === '' ? {} : { trackingNumber: one.tracking.trim() }),
    ...(draft.handedOver && draft.shippedAt !== '' ? { shippedAt: new Date(draft.shippedAt).toISOString() } : {}),
    labelFrom: draft.labelAtAmazon ? ('channel' as const) : ('seller' as const),
    lines: linesOf(one),
  })),
});

/** In the order in which the server names what is wrong with them. */
export const linesOf = ({ quantities, codes }: Pick<PackageDraft, 'quantities' | 'codes'>) =>
  Object.entries(quantities)
    .filter(([, quantity]) => quantity > 0)
    .map(([lineId, quantity]) => {
      const transparencyCodes = codesIn(codes[lineId] ?? '');
      return { lineId, quantity, ...(transparencyCodes.length === 0 ? {} : { transparencyCodes }) };
    });

/** The server counts the lines of a package; people see products: `packages.0.lines.1.transparencyCodes` is about a line of the form. */
export const fieldOf = (field: string, draft: ShipmentDraft): string => {
  const [, n = '', index = ''] = /^packages\.(\d+)\.lines\.(\d+)\.transparencyCodes/.exec(field) ?? [];
  const one = draft.packages[Number(n)];
  const line = n === '' || one === undefined ? undefined : linesOf(one)[Number(index)];
  return line === undefined ? field : `packages.${n}.codes.${line.lineId}`;
};

/** A parcel that is there, as a package to be changed. */
export const packageOf = ({ lines, carrier = '', trackingNumber = '', service = '' }: Shipment): PackageDraft => ({
  key: 1,
  quantities: Object.fromEntries(lines.map(({ lineId, quantity }) => [lineId, quantity])),
  codes: Object.fromEntries(lines.map(({ lineId, transparencyCodes = [] }) => [lineId, transparencyCodes.join('\n')])),
  ...{ carrier, service, tracking: trackingNumber },
});

/** The moment as the browser's field for a date and time wants it, in the reader's time zone. */
export const fieldMoment = (at: Date): string => {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
};
