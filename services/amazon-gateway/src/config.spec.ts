import { describe, expect, test } from '@jest/globals';
import { generateKey, parseConfig } from '@orderbus/service-kit';
import { AmazonGatewayConfig, storesOf } from './config.ts';

const service = { ACCESS_URL: 'http://a', DATABASE_URL: 'postgres://a@b/c', BROKER_URL: 'amqp://a', ORDERBUS_KEYS: `k1:${generateKey()}` };
const one = { AMAZON_REGION: 'EU', AMAZON_CLIENT_ID: 'id', AMAZON_CLIENT_SECRET: 'canary-secret', AMAZON_REFRESH_TOKEN: 'canary-token' };
const several = [
  { id: 'eu', name: 'Europe', region: 'eu', marketplaces: ['A1PA6795UKMFR9'], clientId: 'i', clientSecret: 's', refreshToken: 'r' },
];
const complaintOf = (env: Record<string, string>): string => {
  try {
    parseConfig(AmazonGatewayConfig, env);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the stores', () => {
  test('are one, variable by variable', () => {
    const config = parseConfig(AmazonGatewayConfig, { ...service, ...one, AMAZON_MARKETPLACES: 'A1PA6795UKMFR9, A1F83G8C2ARO7P' });
    expect(storesOf(config)).toMatchObject([{ id: 'main', region: 'eu', marketplaces: ['A1PA6795UKMFR9', 'A1F83G8C2ARO7P'] }]);
  });

  test('or several, as JSON', () => {
    const config = parseConfig(AmazonGatewayConfig, { ...service, AMAZON_STORES: JSON.stringify(several) });
    expect(storesOf(config)).toEqual(several);
  });
});

test('there may be no store: they are connected over HTTP, too', () => {
  expect(storesOf(parseConfig(AmazonGatewayConfig, service))).toEqual([]);
});

describe('a wrong environment', () => {
  test('is complained about all at once, each mistake with its variable and without its value', () => {
    const complaint = complaintOf({
      AMAZON_CLIENT_SECRET: 'canary-secret',
      AMAZON_POLL_CRON: 'often',
      ORDERBUS_KEYS: 'canary-key',
      AMAZON_START_FROM: '1',
    });
    for (const name of [
      'DATABASE_URL',
      'BROKER_URL',
      'AMAZON_REGION',
      'AMAZON_CLIENT_ID',
      'AMAZON_REFRESH_TOKEN',
      'AMAZON_POLL_CRON',
      'ORDERBUS_KEYS',
      'AMAZON_START_FROM',
    ]) {
      expect(complaint).toContain(`\n  ${name}: `);
    }
    expect(complaint).not.toContain('AMAZON_CLIENT_SECRET:');
    expect(complaint).not.toContain('canary');
  });

  test.each([
    ['not JSON', '[{', /AMAZON_STORES: Invalid JSON/],
    ['no store', '[]', /AMAZON_STORES: /],
    ['one without its region', JSON.stringify([{ ...several[0], region: 'mars' }]), /AMAZON_STORES\.0\.region: /],
    [
      'one in a marketplace of another region',
      JSON.stringify([{ ...several[0], region: 'na' }]),
      /AMAZON_STORES\.0\.marketplaces\.0: A1PA/,
    ],
    ['two of one id', JSON.stringify([several[0], several[0]]), /AMAZON_STORES: Two stores have the same id/],
  ])('has stores that are %s', (_, text, expected) => {
    expect(complaintOf({ ...service, AMAZON_STORES: text })).toMatch(expected);
  });

  test('has a single store in a marketplace of another region', () => {
    const complaint = complaintOf({ ...service, ...one, AMAZON_MARKETPLACES: 'ATVPDKIKX0DER' });
    expect(complaint).toContain('AMAZON_MARKETPLACES: ATVPDKIKX0DER belongs to the region na');
  });

  test('names stores both ways', () => {
    expect(complaintOf({ ...service, ...one, AMAZON_STORES: JSON.stringify(several) })).toContain('AMAZON_STORES: Set either');
  });
});
