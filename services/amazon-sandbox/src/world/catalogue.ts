import { formatMoney } from '@orderbus/kernel';
import { type Marketplace, marketplaces } from './marketplaces.ts';

export interface Product {
  readonly sku: string;
  readonly asin: string;
  readonly title: string;
  readonly usdCents: number;
  readonly weightGrams: number;
  /** False: on sale, although no warehouse has ever had it. Consumers meet the order that they cannot fulfil. */
  readonly stocked: boolean;
}

/** A product as the control API shows it, with its price in every currency. */
export interface ListedProduct extends Omit<Product, 'usdCents'> {
  readonly prices: Readonly<Record<string, string>>;
}

export const productOf = (sku: string): Product | undefined => bySku.get(sku);

/** What one piece costs here, in minor units: a price that looks like a price (…99, or tens of yen). */
export const priceIn = (product: Product, { currency, priceFactor }: Marketplace): number =>
  currency === 'JPY'
    ? Math.max(10, Math.round((product.usdCents * priceFactor) / 1000) * 10)
    : Math.max(100, Math.round((product.usdCents * priceFactor) / 100) * 100) - 1;

export const listedCatalogue = (): ListedProduct[] =>
  catalogue.map(({ usdCents, ...product }) => ({
    ...product,
    prices: Object.fromEntries(
      marketplaces.map((marketplace) => [
        marketplace.currency,
        formatMoney({ minor: priceIn({ ...product, usdCents }, marketplace), currency: marketplace.currency }),
      ]),
    ),
  }));

const shelf: readonly (readonly [sku: string, title: string, usdCents: number, weightGrams: number])[] = [
  ['SKU-MUG-BLUE', 'Stoneware Mug 350 ml, Blue', 1499, 420],
  ['SKU-MUG-GREEN', 'Stoneware Mug 350 ml, Green', 1499, 420],
  ['SKU-MUG-SET4', 'Stoneware Mugs, Set of 4', 4999, 1720],
  ['SKU-TEAPOT-12', 'Cast Iron Teapot 1.2 l', 5499, 1650],
  ['SKU-KETTLE-GN', 'Gooseneck Kettle 0.9 l', 4299, 980],
  ['SKU-DRIPPER-02', 'Ceramic Coffee Dripper, Size 02', 2299, 480],
  ['SKU-FILTER-100', 'Coffee Filters, 100 Pieces', 699, 150],
  ['SKU-GRINDER-M', 'Manual Coffee Grinder', 6499, 740],
  ['SKU-SCALE-K2', 'Kitchen Scale, 2 kg / 0.1 g', 2599, 380],
  ['SKU-BOARD-OAK', 'Cutting Board, Oiled Oak', 3799, 1900],
  ['SKU-KNIFE-CHEF', "Chef's Knife 20 cm", 7999, 310],
  ['SKU-KNIFE-PAR', 'Paring Knife 9 cm', 2499, 90],
  ['SKU-STONE-1000', 'Whetstone 1000/6000', 3299, 720],
  ['SKU-PAN-24', 'Carbon Steel Pan 24 cm', 4599, 1450],
  ['SKU-PAN-28', 'Carbon Steel Pan 28 cm', 5599, 1980],
  ['SKU-POT-5L', 'Enamelled Pot 5 l', 11999, 5200],
  ['SKU-TOWEL-3', 'Linen Tea Towels, Set of 3', 2799, 260],
  ['SKU-APRON-GR', 'Linen Apron, Grey', 3999, 340],
  ['SKU-JAR-1L', 'Preserving Jar 1 l', 899, 610],
  ['SKU-JAR-6', 'Preserving Jars, Set of 6', 3999, 3700],
  ['SKU-BOTTLE-75', 'Insulated Bottle 750 ml', 3499, 390],
  ['SKU-LUNCH-STL', 'Steel Lunch Box', 2999, 450],
  ['SKU-CANDLE-PINE', 'Soy Candle, Pine', 1899, 380],
  ['SKU-CANDLE-FIG', 'Soy Candle, Fig', 1899, 380],
  ['SKU-LAMP-DESK', 'Desk Lamp with Dimmer', 8999, 1600],
  ['SKU-BULB-E27', 'LED Bulb E27, Warm White', 799, 60],
  ['SKU-CABLE-C2', 'USB-C Cable 2 m', 1299, 70],
  ['SKU-CHARGER-65', 'USB-C Charger 65 W', 3999, 140],
  ['SKU-NOTE-A5', 'Notebook A5, Dotted', 1599, 310],
  ['SKU-NOTE-A6', 'Notebook A6, Plain', 1099, 170],
  ['SKU-PEN-BRASS', 'Brass Ballpoint Pen', 2899, 60],
  ['SKU-DESKMAT-L', 'Felt Desk Mat 90 x 40 cm', 4499, 520],
  ['SKU-BAG-TOTE', 'Canvas Tote Bag', 1999, 280],
  ['SKU-BAG-ROLL', 'Rolltop Backpack 20 l', 9499, 950],
  ['SKU-UMBRELLA', 'Storm Umbrella, Compact', 3299, 360],
  ['SKU-BLANKET-W', 'Wool Blanket 130 x 200 cm', 12999, 1500],
  ['SKU-PILLOW-L', 'Linen Pillow Case 50 x 70 cm', 2499, 210],
  ['SKU-PLANTER-M', 'Terracotta Planter, Medium', 1799, 1300],
  ['SKU-CLOCK-WALL', 'Silent Wall Clock 25 cm', 3699, 640],
  ['SKU-RADIO-MINI', 'Pocket Radio', 4999, 190],
];

/** How many pieces a set holds. */
export const piecesIn: ReadonlyMap<string, number> = new Map([
  ['SKU-TOWEL-3', 3],
  ['SKU-JAR-6', 6],
]);

const notStocked = new Set(['SKU-CLOCK-WALL', 'SKU-RADIO-MINI']);

/** Everything the demo sellers sell. */
export const catalogue: readonly Product[] = shelf.map(([sku, title, usdCents, weightGrams], index) => ({
  sku,
  asin: `B0SANDBX${String(index + 1).padStart(2, '0')}`,
  title,
  usdCents,
  weightGrams,
  stocked: !notStocked.has(sku),
}));

const bySku = new Map(catalogue.map((product) => [product.sku, product]));
