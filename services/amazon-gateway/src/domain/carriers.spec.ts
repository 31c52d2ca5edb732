import { describe, expect, test } from '@jest/globals';
import { carrierOf } from './carriers.ts';

describe('a carrier', () => {
  test.each([
    ['ups', 'US', 'UPS'],
    ['Fed-Ex', 'US', 'FedEx'],
    ['FedEx', 'JP', 'FEDEX_JP'],
    ['D.H.L. Paket', 'DE', 'DHL'],
    ['Deutsche Post AG', 'DE', 'Deutsche Post'],
    ['Hermes', 'DE', 'Hermes Logistik Gruppe'],
    ['hermes', 'GB', 'Evri'],
    ['Correos de Espana', 'ES', 'Correos'],
    ['POSTE-ITALIANE', 'IT', 'Poste Italiane'],
    ['ヤマト運輸', 'JP', 'YAMATO'],
    ['Sagawa Express', 'JP', 'SAGAWA'],
    ['post nl', undefined, 'PostNL'],
  ])('written as %s in %s has the code %s', (name, country, carrierCode) => {
    expect(carrierOf(name, country)).toEqual({ carrierCode });
  });

  test('that Amazon has no code for goes by its name', () => {
    expect(carrierOf(' Kurier Müller & Söhne ', 'DE')).toEqual({ carrierCode: 'Other', carrierName: 'Kurier Müller & Söhne' });
  });
});
