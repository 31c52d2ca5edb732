import { createHmac } from 'node:crypto';

/** Of a buyer, as Amazon tells of him. Sealed at the gateway: in clear nowhere behind it. */
export const buyer = {
  name: 'Canary Buyerson',
  email: 'canary.bird@marketplace.test',
  phone: '+49 30 4711 0815',
  street: '17 Canary Cage Street',
  postalCode: 'CNRY 4711',
  gift: 'Happy birthday from your canary',
  instruction: 'Behind the canary shed',
  taxNumber: 'DE-CANARY-42',
};

/** An order of his, laid over what the sandbox has invented. */
export const orderOf = (items: readonly object[]) => ({
  buyer: { buyerName: buyer.name, buyerEmail: buyer.email },
  recipient: {
    deliveryAddress: { name: buyer.name, addressLine1: buyer.street, postalCode: buyer.postalCode, phone: buyer.phone },
    deliveryPreference: { addressInstruction: buyer.instruction },
  },
  tax: { taxRegistrations: [{ entityType: 'BUYER', legalName: buyer.name, taxRegistrationNumber: buyer.taxNumber }] },
  orderItems: items.map((item) => withGift(item as { fulfillment?: object })),
});

const withGift = (item: { fulfillment?: object }) => ({
  ...item,
  fulfillment: { ...item.fulfillment, packing: { giftOption: { giftMessage: buyer.gift, giftWrapLevel: 'plain' } } },
});

/** What the staff writes to a buyer, or of one. Sealed, too. */
export const words = {
  toBuyer: 'may we send it in chartreuse, dear canary',
  correctedName: 'Corrected Canarino',
  correctedStreet: '8 Corrected Canary Road',
  correction: 'the canary has flown to his aunt',
};

/** Notes on an order: for those who work on it, in the order service and its events, and nobody else. */
export const notes = { note: 'canary note: he likes millet', comment: 'canary comment: call after noon' };

/** In messages that somebody else has put into the queues, in clear: kept as they came, to be looked at; shown by nothing. */
export const poison = { name: 'Poison Canaryson', street: '13 Poison Canary Lane', secret: 'poison-canary-secret' };

/** Typed where it does not belong, or wrong. */
export const typed = {
  password: 'Canary-Typed-77!',
  key: 'obk_canarytyped_canarytyped0123',
  secret: 'canary-typed-secret',
  email: 'mistyped.canary@shop.example',
};

/** What a page, a terminal, a log or a spreadsheet would obey. */
export const hostile = {
  markup: '<script>alert(1)</script>"><img src=x onerror=alert(2)>',
  lines: 'a\r\n{"level":"fatal","msg":"forged"}\u001b[2J',
  formula: '=HYPERLINK("http://127.0.0.1","x")',
};

/** The ways in which a text may be written down. */
const formsOf = (text: string): string[] => [
  text,
  encodeURIComponent(text),
  encodeURI(text),
  Buffer.from(text).toString('base64').replace(/=*$/, ''),
];

/** Which of them stand there. */
export const found = (text: string, canaries: readonly string[]): string[] => {
  const plain = text.toLowerCase();
  return canaries.filter((canary) => formsOf(canary).some((form) => plain.includes(form.toLowerCase())));
};

/** What an authenticator app shows (RFC 6238). */
export const codeOf = (base32: string): string => {
  const bits = [...base32.replaceAll(' ', '')]
    .map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const code = hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fff_ffff;
  return String(code % 1_000_000).padStart(6, '0');
};
