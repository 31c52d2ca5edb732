import type { CustomerAddress } from '@sp-api-sdk/orders-api-2026-01-01';
import type { Random } from './random.ts';

/** Invented people at invented addresses. Names carry the letters that break naive code; phone numbers are reserved for fiction. */
export interface Person {
  readonly name: string;
  readonly address: CustomerAddress;
}

export const makePerson = (random: Random, country: string): Person => {
  const land = lands[country] ?? (lands.US as Land);
  const name = land.surnameFirst
    ? `${random.pick(land.surnames)} ${random.pick(land.firstNames)}`
    : `${random.pick(land.firstNames)} ${random.pick(land.surnames)}`;
  const [city, postalCode, stateOrRegion] = random.pick(land.cities);
  const street = random.pick(land.streets).replace('#', String(random.int(1, 180)));
  return {
    name,
    address: {
      name,
      addressLine1: street,
      ...(random.chance(0.2) && { addressLine2: random.pick(land.secondLines) }),
      city,
      ...(stateOrRegion && { stateOrRegion }),
      postalCode,
      countryCode: country,
      phone: `${land.phone}${random.digits(2)}`,
      addressType: 'RESIDENTIAL',
    },
  };
};

export const makeCompany = (random: Random, country: string): { company: string; vatNumber?: string } => {
  const land = lands[country] ?? (lands.US as Land);
  return {
    company: `${random.pick(land.surnames)} ${land.companySuffix}`,
    ...(land.vat && { vatNumber: `${land.vat}${random.digits(9)}` }),
  };
};

/** The shop in which a buyer collects an order. */
export const pickUpPoint = (address: CustomerAddress): CustomerAddress => {
  const { addressLine2: _flat, ...street } = address;
  return { ...street, name: 'Harbor & Pine Store', companyName: 'Harbor & Pine', addressType: 'PICKUP_POINT' };
};

interface Land {
  readonly firstNames: readonly string[];
  readonly surnames: readonly string[];
  readonly surnameFirst?: true;
  /** With # for the house number. */
  readonly streets: readonly string[];
  readonly secondLines: readonly string[];
  readonly cities: readonly (readonly [city: string, postalCode: string, state?: string])[];
  readonly phone: string;
  readonly companySuffix: string;
  readonly vat?: string;
}

const lands: Readonly<Record<string, Land>> = {
  US: {
    firstNames: ['Avery', 'Jordan', 'Maya', 'Elijah', 'Noemí', 'Grace', 'Darnell', 'Hannah'],
    surnames: ["O'Malley", 'Whitfield', 'Nguyen', 'Castillo', 'Okafor', 'Lindgren', 'Smith-Rowe', 'Park'],
    streets: ['# Example Ave', '# Sample Creek Rd', '# Placeholder St', '# Mockingbird Ln'],
    secondLines: ['Apt 4B', 'Suite 210', 'Unit #7', 'c/o Front Desk'],
    cities: [
      ['Springfield', '62704', 'IL'],
      ['Portland', '97205', 'OR'],
      ['Austin', '78701', 'TX'],
      ['Burlington', '05401', 'VT'],
    ],
    phone: '+1 206-555-01',
    companySuffix: 'Supply LLC',
  },
  CA: {
    firstNames: ['Chloé', 'Liam', 'Priya', 'Zoë', 'Étienne', 'Mackenzie'],
    surnames: ['Tremblay', 'MacLeod', 'Singh', 'Bélanger', 'Campbell', 'Roy'],
    streets: ['# Rue Exemple', '# Sample Street', '# Chemin du Modèle'],
    secondLines: ['Unit 12', 'App. 3'],
    cities: [
      ['Montréal', 'H2X 1Y4', 'QC'],
      ['Toronto', 'M5V 2T6', 'ON'],
      ['Vancouver', 'V6B 1A1', 'BC'],
    ],
    phone: '+1 604-555-01',
    companySuffix: 'Trading Inc.',
  },
  AU: {
    firstNames: ['Matilda', 'Lachlan', 'Ngaire', 'Darcy', 'Imogen'],
    surnames: ["O'Sullivan", 'Nguyen', 'Papadopoulos', 'Walker-Reid'],
    streets: ['# Sample Parade', '#/12 Placeholder Street', '# Fictional Esplanade'],
    secondLines: ['Unit 3', 'Lot 7'],
    cities: [
      ['Sydney', '2000', 'NSW'],
      ['Melbourne', '3000', 'VIC'],
      ['Perth', '6000', 'WA'],
    ],
    phone: '+61 2 5550 00',
    companySuffix: 'Pty Ltd',
  },
  MX: {
    firstNames: ['Sofía', 'José', 'Ximena', 'Ángel', 'Lucía', 'Íñigo'],
    surnames: ['Hernández', 'Núñez', 'Muñoz Peña', 'García', 'Ibáñez'],
    streets: ['Calle Ejemplo #', 'Av. de la Muestra #', 'Callejón Ficticio #'],
    secondLines: ['Depto. 5', 'Int. B'],
    cities: [
      ['Ciudad de México', '06700', 'CDMX'],
      ['Guadalajara', '44100', 'Jalisco'],
      ['Mérida', '97000', 'Yucatán'],
    ],
    phone: '+52 55 5555 00',
    companySuffix: 'S.A. de C.V.',
  },
  DE: {
    firstNames: ['Jürgen', 'Käthe', 'Sören', 'Annegret', 'Björn', 'Zoë', 'Mehmet', 'Lieselotte'],
    surnames: ['Müller', 'Groß', 'Weißhäupl', 'Schröder', 'von der Höh', 'Öztürk', 'Jäger', 'Strauß'],
    streets: ['Musterstraße #', 'Beispielweg #a', 'Am Fließ #', 'Königsallee-Süd #'],
    secondLines: ['Hinterhaus, 2. OG', 'c/o Gäßler'],
    cities: [
      ['München', '80331', 'Bayern'],
      ['Köln', '50667', 'Nordrhein-Westfalen'],
      ['Görlitz', '02826', 'Sachsen'],
      ['Berlin', '10115', 'Berlin'],
    ],
    phone: '+49 30 231250',
    companySuffix: 'Großhandel GmbH & Co. KG',
    vat: 'DE',
  },
  FR: {
    firstNames: ['Zoé', 'François', 'Anaïs', 'Loïc', 'Hélène', 'Gaël'],
    surnames: ['Lefèvre', "d'Aubigné", 'Moreau', 'Béranger', 'Noël'],
    streets: ["# rue de l'Exemple", '# bd du Modèle', '# allée des Échantillons'],
    secondLines: ['Bât. C, 3e étage', 'Résidence Les Chênes'],
    cities: [
      ['Paris', '75011'],
      ['Besançon', '25000'],
      ['Nîmes', '30000'],
    ],
    phone: '+33 1 99 00 00 ',
    companySuffix: 'et Fils SARL',
    vat: 'FR',
  },
  GB: {
    firstNames: ['Siân', 'Alasdair', 'Imogen', 'Rhys', 'Zadie', 'Niamh'],
    surnames: ['Fforde', 'MacKenzie', "O'Brien", 'Featherstonehaugh', 'Begum', 'Hartley'],
    streets: ['# Example Street', '# Sample Mews', 'Flat 2, # Placeholder Road'],
    secondLines: ['Top Flat', 'The Old Bakery'],
    cities: [
      ['London', 'E1 6AN'],
      ['Ynysybwl', 'CF37 3LN'],
      ['Edinburgh', 'EH1 1YZ'],
    ],
    phone: '+44 20 7946 00',
    companySuffix: '& Sons Ltd',
    vat: 'GB',
  },
  IT: {
    firstNames: ['Niccolò', 'Giulia', 'Élodie', 'Matteo', 'Beatrice'],
    surnames: ['Esposito', "D'Angelo", 'Rossi', 'Dalla Corte', 'Lo Presti'],
    streets: ['Via Esempio #', 'Piazza del Campione #', 'Vicolo Finto #/A'],
    secondLines: ['Scala B, int. 9'],
    cities: [
      ['Roma', '00184', 'RM'],
      ['Forlì', '47121', 'FC'],
      ['Torino', '10121', 'TO'],
    ],
    phone: '+39 06 0000 00',
    companySuffix: 'S.r.l.',
    vat: 'IT',
  },
  ES: {
    firstNames: ['Begoña', 'Íker', 'Núria', 'Jesús', 'Martiño'],
    surnames: ['Peñalver', 'Güell', 'Ordóñez', 'López de Haro', 'Ferrándiz'],
    streets: ['Calle Ejemplo #', 'Carrer de la Mostra #', 'Plaza del Modelo #'],
    secondLines: ['3º izda.', 'Esc. 2, 1º B'],
    cities: [
      ['Madrid', '28013', 'Madrid'],
      ['A Coruña', '15001', 'A Coruña'],
      ['Logroño', '26001', 'La Rioja'],
    ],
    phone: '+34 900 000 0',
    companySuffix: 'S.L.',
    vat: 'ES',
  },
  JP: {
    firstNames: ['さくら', '健太', '陽菜', '大翔', '美咲', 'ケン'],
    surnames: ['佐藤', '髙橋', '渡邉', '鈴木', '山﨑'],
    surnameFirst: true,
    streets: ['例示町1丁目#', '見本通り#番地', '仮名台2-#'],
    secondLines: ['サンプルマンション203号室', 'ダミービル5F'],
    cities: [
      ['渋谷区', '150-0002', '東京都'],
      ['大阪市北区', '530-0001', '大阪府'],
      ['札幌市中央区', '060-0001', '北海道'],
    ],
    phone: '+81 3-0000-00',
    companySuffix: '株式会社',
  },
};
