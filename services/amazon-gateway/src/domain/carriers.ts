/** A carrier as Amazon wants it: one of its codes, or `Other` with the name. */
export interface AmazonCarrier {
  readonly carrierCode: string;
  readonly carrierName?: string;
}

interface Carrier {
  readonly code: string;
  /** As sellers, shops and labels write it. Case, accents and punctuation do not count. */
  readonly names: readonly string[];
  /** Another code in these countries. */
  readonly elsewhere?: Readonly<Record<string, string>>;
}

/** The carriers that Amazon has a code for, as far as we know them. A code shows the buyer a link to follow the parcel; a name does not. */
const carriers: readonly Carrier[] = [
  { code: 'UPS', names: ['UPS', 'United Parcel Service', 'UPS Ground', 'UPS Standard', 'UPS Express', 'UPS SurePost'] },
  { code: 'UPS Mail Innovations', names: ['UPS Mail Innovations', 'UPSMI'] },
  { code: 'USPS', names: ['USPS', 'US Postal Service', 'United States Postal Service', 'USPS Priority Mail', 'USPS First Class'] },
  {
    code: 'FedEx',
    names: ['FedEx', 'Federal Express', 'FedEx Ground', 'FedEx Express', 'FedEx Home Delivery'],
    elsewhere: { JP: 'FEDEX_JP' },
  },
  { code: 'FedEx SmartPost', names: ['FedEx SmartPost', 'FedEx Ground Economy'] },
  { code: 'DHL', names: ['DHL', 'DHL Paket', 'DHL Express', 'DHL Parcel'] },
  { code: 'DHL Global Mail', names: ['DHL Global Mail', 'DHL eCommerce'] },
  { code: 'OnTrac', names: ['OnTrac'] },
  { code: 'Lasership', names: ['LaserShip'] },
  { code: 'Canada Post', names: ['Canada Post', 'Postes Canada'] },
  { code: 'Purolator', names: ['Purolator'] },
  { code: 'DPD', names: ['DPD', 'Dynamic Parcel Distribution', 'DPDgroup', 'DPD Local'] },
  { code: 'GLS', names: ['GLS', 'General Logistics Systems'] },
  { code: 'Hermes Logistik Gruppe', names: ['Hermes', 'Hermes Germany', 'Hermes Logistik Gruppe', 'myHermes'], elsewhere: { GB: 'Evri' } },
  { code: 'Evri', names: ['Evri', 'Hermes UK'] },
  { code: 'Royal Mail', names: ['Royal Mail', 'RoyalMail Tracked'] },
  { code: 'Parcelforce', names: ['Parcelforce', 'Parcelforce Worldwide'] },
  { code: 'Yodel', names: ['Yodel'] },
  { code: 'TNT', names: ['TNT', 'TNT Express'] },
  { code: 'Deutsche Post', names: ['Deutsche Post', 'Deutsche Post AG'] },
  { code: 'La Poste', names: ['La Poste', 'Colissimo', 'La Poste Colissimo'] },
  { code: 'Chronopost', names: ['Chronopost'] },
  { code: 'Correos', names: ['Correos', 'Correos de España'] },
  { code: 'Seur', names: ['SEUR'] },
  { code: 'MRW', names: ['MRW'] },
  { code: 'Nacex', names: ['Nacex'] },
  { code: 'Poste Italiane', names: ['Poste Italiane', 'Posteitaliane', 'Poste Delivery'] },
  { code: 'SDA', names: ['SDA', 'SDA Express Courier'] },
  { code: 'PostNL', names: ['PostNL', 'Post NL'] },
  { code: 'bpost', names: ['bpost', 'Belgian Post', 'bpack'] },
  { code: 'YAMATO', names: ['Yamato', 'Yamato Transport', 'Kuroneko Yamato', 'TA-Q-BIN', 'ヤマト運輸'] },
  { code: 'SAGAWA', names: ['Sagawa', 'Sagawa Express', '佐川急便'] },
  { code: 'JP_EXPRESS', names: ['Japan Post', 'JP Post', 'Yu-Pack', '日本郵便', 'ゆうパック'] },
  { code: 'NITTSU', names: ['Nippon Express', 'Nittsu', '日本通運'] },
  { code: 'Aramex', names: ['Aramex'] },
  { code: 'Australia Post', names: ['Australia Post', 'AusPost'] },
  { code: 'Amazon Shipping', names: ['Amazon Shipping', 'Amazon Logistics'] },
];

/** The carrier's code in this country. Whoever has none goes by the name that somebody wrote. */
export const carrierOf = (name: string, country: string | undefined): AmazonCarrier => {
  const carrier = byName.get(spelling(name));
  if (carrier === undefined) return { carrierCode: 'Other', carrierName: name.trim() };
  return { carrierCode: (country && carrier.elsewhere?.[country]) || carrier.code };
};

const spelling = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

const byName = new Map(carriers.flatMap((carrier) => [carrier.code, ...carrier.names].map((name) => [spelling(name), carrier] as const)));
