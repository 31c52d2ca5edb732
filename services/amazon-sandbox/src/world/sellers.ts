import type { Region } from './marketplaces.ts';

/** A demo account. Its credentials are published on purpose: they open nothing but this sandbox. */
export interface Seller {
  readonly sellerId: string;
  readonly name: string;
  readonly region: Region;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  /** Marketplace id and its share of the seller's orders. */
  readonly sells: readonly (readonly [marketplaceId: string, share: number])[];
  /** The seller's share of all orders. */
  readonly share: number;
}

export const sellers: readonly Seller[] = [
  {
    ...demoCredentials('na'),
    sellerId: 'ADEMOSELLERNA1',
    name: 'Harbor & Pine (North America)',
    region: 'NA',
    share: 45,
    sells: [
      ['ATVPDKIKX0DER', 75],
      ['A2EUQ1WTGCTBG2', 15],
      ['A1AM78C64UM0Y8', 10],
    ],
  },
  {
    ...demoCredentials('eu'),
    sellerId: 'ADEMOSELLEREU1',
    name: 'Harbor & Pine (Europe)',
    region: 'EU',
    share: 40,
    sells: [
      ['A1PA6795UKMFR9', 40],
      ['A1F83G8C2ARO7P', 25],
      ['A13V1IB3VIYZZH', 15],
      ['APJ6JRA9NG5V4', 10],
      ['A1RKKUPIHCS9HS', 10],
    ],
  },
  {
    ...demoCredentials('fe'),
    sellerId: 'ADEMOSELLERFE1',
    name: 'Harbor & Pine (Japan)',
    region: 'FE',
    share: 15,
    // In Australia on request only.
    sells: [
      ['A39IBJ37TRP1C6', 0],
      ['A1VC38T7YXB528', 100],
    ],
  },
];

export const sellerOf = (sellerId: string): Seller | undefined => sellers.find((seller) => seller.sellerId === sellerId);

export const sellsIn = (seller: Seller, marketplaceId: string): boolean => seller.sells.some(([id]) => id === marketplaceId);

function demoCredentials(region: string): Pick<Seller, 'clientId' | 'clientSecret' | 'refreshToken'> {
  return {
    clientId: `amzn1.application-oa2-client.demo-${region}`,
    clientSecret: `amzn1.oa2-cs.v1.demo-${region}-not-a-secret`,
    refreshToken: `Atzr|demo-${region}-not-a-secret`,
  };
}
