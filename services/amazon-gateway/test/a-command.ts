import type { Command, LedgerContext } from '../src/domain/command.ts';
import type { Picture } from '../src/domain/write-kind.ts';
import type { PickupData, ShipmentData, ShipmentRequest } from '../src/domain/write-request.ts';

export const orderId = '5b6c1f0e-52a5-5d0c-9a55-3f1c8f2f7a10';
export const now = '2026-03-02T12:00:00.000Z';

const aParcel: ShipmentData = {
  orderId,
  shipmentId: '0198c2a4-7000-7000-8000-0000000000b1',
  revision: 1,
  shippedAt: '2026-03-02T11:00:00.000Z',
  carrier: 'UPS',
  trackingNumber: '1Z0000000000000001',
  labelFrom: 'seller',
  lines: [{ lineId: '10000000000001', quantity: 1 }],
};

/** A parcel with one of the two units of the order's only line. */
export const aShipment = (changes: Partial<ShipmentData> = {}): ShipmentData => ({ ...aParcel, ...changes });

export const aPickup = (changes: Partial<PickupData> = {}): PickupData => ({ orderId, status: 'ready', ...changes });

/** An order of two units of one line, bought the day before. */
export const aPicture = (changes: Partial<Picture> = {}): Picture => ({
  tenant: 'na',
  amazonOrderId: '111-0000001-0000001',
  marketplaceId: 'ATVPDKIKX0DER',
  status: 'unshipped',
  fulfilledBy: 'merchant',
  facts: {
    programs: [],
    currency: 'USD',
    totalMinor: 2_000,
    lines: [{ lineId: '10000000000001', sku: 'SKU-1', quantity: 2, quantityShipped: 0, totalMinor: 2_000, taxMinor: 0 }],
    packages: [],
    country: 'US',
  },
  purchasedAt: '2026-03-01T10:00:00.000Z',
  earlier: [],
  voided: [],
  ...changes,
});

/** The order with other programs, of its own or of its line. */
export const inPrograms = (programs: readonly string[], ofTheLine: readonly string[] = []): Picture => {
  const picture = aPicture();
  const facts = picture.facts ?? undefined;
  return facts
    ? { ...picture, facts: { ...facts, programs, lines: facts.lines.map((line) => ({ ...line, programs: ofTheLine })) } }
    : picture;
};

const request: ShipmentRequest = { kind: 'shipment', ...aParcel, packageReference: '1' };

export const aCommand = (changes: Partial<Command> = {}): Command => ({
  id: '7d0a4a1e-8d3b-5a52-9d65-0f7f1a5f2c31',
  tenant: 'na',
  version: 0,
  kind: 'shipment',
  naturalKey: `${aParcel.shipmentId}:1`,
  subject: `shipment:${orderId}`,
  turn: 1,
  orderId,
  amazonOrderId: '111-0000001-0000001',
  marketplaceId: 'ATVPDKIKX0DER',
  state: 'pending',
  request,
  obstacle: null,
  attempts: 0,
  readBacks: 0,
  nextAttemptAt: now,
  sendingSince: null,
  fence: 0,
  leaseUntil: null,
  requestedAt: now,
  deadline: '2026-03-03T12:00:00.000Z',
  uncertainAt: null,
  settledAt: null,
  answer: null,
  readBack: null,
  decision: null,
  submittedAt: null,
  bookingLooks: 0,
  bookingLookAt: null,
  booking: null,
  feedId: null,
  messageId: null,
  cause: { tenant: 'na', correlationId: 'c-1' },
  ...changes,
});

export const ledgerContext = (picture: Picture | undefined = aPicture()): LedgerContext => ({
  now,
  deadlineMs: 86_400_000,
  bookingMs: 900_000,
  causeOf: () => ({ tenant: 'na', correlationId: 'c-1' }),
  pictureOf: () => picture,
  packageReference: () => '1',
});
