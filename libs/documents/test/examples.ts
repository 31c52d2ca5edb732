import type { CreditMemo, Invoice, PackingSlip, PickList } from '../src/index.ts';

const seller = { name: 'Hafen & Kiefer GmbH', address: ['Speicherstraße 7', '20457 Hamburg', 'Deutschland'], vatId: 'DE000000000' };

export const aSlip = (changes: Partial<PackingSlip> = {}): PackingSlip => ({
  seller: { ...seller, footer: 'Fragen? Schreiben Sie uns über Amazon. Rücksendungen innerhalb von 30 Tagen.' },
  country: 'DE',
  orderNumber: '000000012',
  channelOrderId: '302-0000000-0000012',
  orderedAt: '2026-05-04T22:30:00.000Z',
  shipBy: '2026-05-06T21:59:59.000Z',
  recipient: {
    state: 'known',
    address: {
      name: 'Łucja Große-Wöhrmann',
      company: 'Café Möwe',
      lines: ['Am Hang 3'],
      postalCode: '12345',
      city: 'Neustadt',
      country: 'DE',
    },
  },
  lines: [{ sku: 'LAMP-1', title: 'Schreibtischlampe, dimmbar', asin: 'B000000001', quantity: 2 }],
  parcels: [{ carrier: 'DHL', trackingNumber: '00340000000000000001' }],
  ...changes,
});

export const aPickList = (changes: Partial<PickList> = {}): PickList => ({
  country: 'DE',
  printedAt: '2026-05-05T06:12:00.000Z',
  orders: 2,
  lines: [
    {
      location: 'A-01-3',
      sku: 'LAMP-1',
      title: 'Schreibtischlampe',
      quantity: 3,
      orders: [
        { number: '000000012', quantity: 2 },
        { number: '000000013', quantity: 1 },
      ],
    },
    { location: null, sku: 'MUG-7', title: 'Becher', quantity: 1, orders: [{ number: '000000013', quantity: 1 }] },
  ],
  ...changes,
});

const amounts = {
  itemMinor: 4998,
  shippingMinor: 499,
  giftWrapMinor: 0,
  taxMinor: 0,
  discountMinor: -500,
  otherMinor: 0,
  totalMinor: 4997,
};

export const anInvoice = (changes: Partial<Invoice> = {}): Invoice => ({
  seller: { ...seller, footer: 'Hafen & Kiefer GmbH · Amtsgericht Hamburg HRB 000000' },
  country: 'DE',
  number: 'RE-000000007',
  issuedAt: '2026-05-05T06:12:00.000Z',
  orderNumber: '000000012',
  channelOrderId: '302-0000000-0000012',
  recipient: aSlip().recipient,
  currency: 'EUR',
  lines: [{ sku: 'LAMP-1', title: 'Schreibtischlampe, dimmbar', asin: 'B000000001', quantity: 2, amounts }],
  taxes: [
    { kind: 'item', collectedBy: 'seller', included: true, baseMinor: 4200, taxMinor: 798, rate: 19 },
    { kind: 'shipping', collectedBy: 'marketplace', included: true, scheme: 'ioss', baseMinor: 419, taxMinor: 80 },
    { kind: 'discount', collectedBy: 'seller', included: true, baseMinor: -420, taxMinor: -80, rate: 19 },
  ],
  totalMinor: 4997,
  tipMinor: 0,
  ...changes,
});

export const aCreditMemo = (changes: Partial<CreditMemo> = {}): CreditMemo => {
  return { ...anInvoice(), number: 'GS-000000003', adjustmentRefundMinor: 300, adjustmentFeeMinor: 100, totalMinor: 5197, ...changes };
};
