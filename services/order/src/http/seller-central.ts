/** Where the seller sees an order at Amazon. Each country has its own house; one that we do not know is shown in the American. */
export const sellerCentralUrl = (amazonOrderId: string, country: string | null): string =>
  `https://${hosts[country ?? ''] ?? 'sellercentral.amazon.com'}/orders-v3/order/${encodeURIComponent(amazonOrderId)}`;

const hosts: Readonly<Record<string, string>> = {
  AE: 'sellercentral.amazon.ae',
  AU: 'sellercentral.amazon.com.au',
  BE: 'sellercentral.amazon.com.be',
  BR: 'sellercentral.amazon.com.br',
  CA: 'sellercentral.amazon.ca',
  DE: 'sellercentral.amazon.de',
  EG: 'sellercentral.amazon.eg',
  ES: 'sellercentral.amazon.es',
  FR: 'sellercentral.amazon.fr',
  GB: 'sellercentral.amazon.co.uk',
  IE: 'sellercentral.amazon.ie',
  IN: 'sellercentral.amazon.in',
  IT: 'sellercentral.amazon.it',
  JP: 'sellercentral.amazon.co.jp',
  MX: 'sellercentral.amazon.com.mx',
  NL: 'sellercentral.amazon.nl',
  PL: 'sellercentral.amazon.pl',
  SA: 'sellercentral.amazon.sa',
  SE: 'sellercentral.amazon.se',
  SG: 'sellercentral.amazon.sg',
  TR: 'sellercentral.amazon.com.tr',
  ZA: 'sellercentral.amazon.co.za',
};
