import { chargeFor, free, minorOf } from './amounts.ts';
import { catalogue, type Product, priceIn, productOf } from './catalogue.ts';
import type { Circumstances } from './circumstances.ts';
import type { Marketplace } from './marketplaces.ts';
import type { ItemProgram, ServiceLevel, Window, WorldBuyer, WorldLine, WorldOrder } from './order.ts';
import { makeCompany, makePerson, pickUpPoint } from './people.ts';
import type { Random } from './random.ts';
import { type Traits, traitsOf } from './traits.ts';

/** Invents an order, PENDING and without a future. The same chance and circumstances give the same order. */
export const generateOrder = (random: Random, circumstances: Circumstances): WorldOrder => {
  const { sequence, sellerId, marketplace, createdTime } = circumstances;
  const orderId = `${random.pick(marketplace.orderPrefixes)}-${random.digits(7)}-${random.digits(7)}`;
  const traits = traitsOf(random, circumstances);
  const person = makePerson(random, marketplace.country);
  const windows = promise(createdTime, marketplace, traits.serviceLevel);
  return {
    orderId,
    sequence,
    sellerId,
    marketplaceId: marketplace.id,
    createdTime,
    lastUpdatedTime: createdTime,
    status: 'PENDING',
    fulfilledBy: traits.fulfilledBy,
    serviceLevel: traits.serviceLevel,
    programs: traits.programs,
    ...(traits.replaced && { replaces: traits.replaced.orderId }),
    buyer: buyerNamed(random, person.name, traits.business ? makeCompany(random, marketplace.country) : undefined),
    address: traits.pickUp ? pickUpPoint(person.address) : person.address,
    paymentMethod: traits.paymentMethod,
    tip: traits.replaced || !random.chance(0.01) ? 0 : minorOf(marketplace)(500),
    ...windows,
    lines: linesOf(random, circumstances, traits),
    packages: [],
    plan: [],
  };
};

const buyerNamed = (random: Random, name: string, company: { company: string; vatNumber?: string } | undefined): WorldBuyer => ({
  name,
  email: `${random.digits(10)}@marketplace.amazon.example`,
  ...company,
  ...(company && { purchaseOrder: `PO-${random.digits(6)}` }),
});

const linesOf = (random: Random, { lines, marketplace, divisible, itemPrograms }: Circumstances, traits: Traits): WorldLine[] => {
  if (traits.replaced) return traits.replaced.lines.map((line) => replacementLine(random, line));
  const basket = lines
    ? lines.map(({ sku, quantity }) => ({ product: productOf(sku) ?? unlisted(sku), quantity }))
    : fillBasket(random, traits, divisible ? 2 : 1);
  return basket.map(({ product, quantity }) => ({
    ...sell(random, marketplace, traits, product, quantity),
    ...programsOf(random, itemPrograms ?? (lines && [])),
  }));
};

const fillBasket = (random: Random, { business }: Traits, minQuantity: number): { product: Product; quantity: number }[] => {
  const size = random.weighted([
    [1, 62],
    [2, 24],
    [3, 10],
    [4, 4],
  ]);
  const products = new Set<Product>();
  while (products.size < size) products.add(random.pick(catalogue));
  return [...products].map((product) => ({
    product,
    quantity: random.chance(0.8) ? minQuantity : random.int(2, business ? 24 : 4),
  }));
};

const sell = (random: Random, marketplace: Marketplace, traits: Traits, product: Product, quantity: number): WorldLine => {
  const businessPrice = traits.business && random.chance(0.6);
  const listPrice = priceIn(product, marketplace);
  const unitPrice = businessPrice ? Math.floor(listPrice * 0.93) : listPrice;
  const gift = random.chance(0.06);
  const wrapped = gift && random.chance(0.6);
  const amounts = chargeFor(random, marketplace, {
    unitPrice,
    quantity,
    giftWrapped: wrapped,
    freeShipping: traits.prime || traits.pickUp || random.chance(0.5),
  });
  const discounted = amounts.itemDiscount + amounts.shippingDiscount > 0;
  return {
    orderItemId: random.digits(14),
    sku: product.sku,
    quantity,
    shipped: 0,
    unitPrice,
    businessPrice,
    amounts,
    ...(discounted && { promotionId: amounts.itemDiscount > 0 ? `PAWS-V2-${random.digits(8)}` : 'Free Shipping Promotion' }),
    ...(marketplace.currency === 'JPY' && random.chance(0.5) && { points: Math.ceil((unitPrice * quantity) / 100) }),
    subscribed: traits.fulfilledBy === 'AMAZON' && random.chance(0.05),
    ...(gift && { gift: { message: random.pick(giftMessages), ...(wrapped && { wrapLevel: 'Premium Wrap' }) } }),
  };
};

/** As wished, and in a basket filled by chance, by chance: few products carry a code on every piece. */
const programsOf = (random: Random, wished: readonly ItemProgram[] | undefined): Partial<WorldLine> => {
  const byChance = random.chance(0.01);
  if (!wished) return byChance ? { transparency: true } : {};
  return { subscribed: wished.includes('SUBSCRIBE_AND_SAVE'), ...(wished.includes('TRANSPARENCY') && { transparency: true }) };
};

const replacementLine = (random: Random, original: WorldLine): WorldLine => ({
  orderItemId: random.digits(14),
  sku: original.sku,
  quantity: original.quantity,
  shipped: 0,
  unitPrice: 0,
  businessPrice: false,
  amounts: free,
  subscribed: false,
});

/** A SKU that the catalogue does not know can be ordered too: that is a case consumers have to survive. */
const unlisted = (sku: string): Product => ({
  sku,
  asin: 'B0SANDBX00',
  title: `Unlisted product ${sku}`,
  usdCents: 1999,
  weightGrams: 500,
  stocked: false,
});

const giftMessages = [
  'Happy birthday! 🎂 See you soon.',
  'Alles Gute zum Geburtstag!\nDeine Großtante Käthe',
  'Avec toute notre affection, « les voisins »',
  'お誕生日おめでとうございます',
  'Thank you <3 & enjoy "the mug"',
];

const dayMs = 86_400_000;
const shipDays: Record<ServiceLevel, number> = { NEXT_DAY: 0, SECOND_DAY: 1, EXPEDITED: 1, STANDARD: 2, FREE_ECONOMY: 3 };
const transitDays: Record<ServiceLevel, number> = { NEXT_DAY: 1, SECOND_DAY: 2, EXPEDITED: 2, STANDARD: 4, FREE_ECONOMY: 7 };

/** The windows end one second before the marketplace's midnight, so in UTC at an odd hour. */
const promise = (createdTime: number, { utcOffsetHours }: Marketplace, level: ServiceLevel): { shipBy: Window; deliverBy: Window } => {
  const offset = utcOffsetHours * 3_600_000;
  const localDay = Math.floor((createdTime + offset) / dayMs);
  const endOf = (day: number): number => (day + 1) * dayMs - offset - 1000;
  const shipBy = { from: createdTime, to: endOf(localDay + shipDays[level]) };
  return {
    shipBy,
    deliverBy: { from: shipBy.to + 1000, to: endOf(localDay + shipDays[level] + transitDays[level]) },
  };
};
