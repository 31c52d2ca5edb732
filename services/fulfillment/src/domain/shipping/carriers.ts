/** Carriers by the names that people know them by, for a choice. Any other name may be written; the channel gets its own word. */
export const carriers = [
  ...['Amazon Shipping', 'Aramex', 'Australia Post', 'bpost', 'Canada Post', 'Chronopost', 'Colissimo', 'Correos', 'Deutsche Post', 'DHL'],
  ...['DHL eCommerce', 'DPD', 'Evri', 'FedEx', 'FedEx SmartPost', 'GLS', 'Hermes', 'Japan Post', 'La Poste', 'LaserShip', 'MRW', 'Nacex'],
  ...['Nippon Express', 'OnTrac', 'Parcelforce', 'Poste Italiane', 'PostNL', 'Purolator', 'Royal Mail', 'Sagawa', 'SDA', 'SEUR', 'TNT'],
  ...['UPS', 'UPS Mail Innovations', 'USPS', 'Yamato', 'Yodel'],
] as const;
