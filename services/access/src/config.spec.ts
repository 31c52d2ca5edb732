import { describe, expect, test } from '@jest/globals';
import { ConfigError, generateKey, parseConfig } from '@orderbus/service-kit';
import { AccessConfig, settingsOf } from './config.ts';

const least = {
  DATABASE_URL: 'postgres://access@localhost/x',
  BROKER_URL: 'amqp://localhost',
  ORDERBUS_KEYS: `k1:${generateKey()}`,
  ACCESS_URL: 'http://localhost',
};
const hash = 'ab'.repeat(32);

const complaintsOf = (settings: Record<string, string>): string => {
  try {
    parseConfig(AccessConfig, { ...least, ...settings });
    return '';
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split('\n').slice(1).join('\n').trim();
  }
};

describe('the configuration', () => {
  test('has defaults that suit most: half an hour, twelve hours, a second factor for whoever may much', () => {
    const settings = settingsOf(parseConfig(AccessConfig, least), () => 'http://127.0.0.1:3007');
    expect(settings.times).toEqual({ idleMs: 1_800_000, absoluteMs: 43_200_000 });
    expect(settings.secondFactorFor).toEqual(['admin', 'see-buyer-data', 'refund', 'manage-access']);
    expect([settings.publicUrl(), settings.oidc, settings.signInPerMinute]).toEqual(['http://127.0.0.1:3007', undefined, 20]);
    expect(parseConfig(AccessConfig, { ...least, SECOND_FACTOR_FOR: 'none' }).SECOND_FACTOR_FOR).toEqual([]);
  });

  test('takes the secrets of services as a list or as JSON, and shows none of them when they are wrong', () => {
    const [list, json] = [`order:${hash},billing:${hash}`, JSON.stringify({ order: hash, billing: hash })].map(
      (text) => parseConfig(AccessConfig, { ...least, SERVICE_SECRETS: text }).SERVICE_SECRETS,
    );
    expect(list).toEqual(
      new Map([
        ['order', hash],
        ['billing', hash],
      ]),
    );
    expect(json).toEqual(list);
    for (const wrong of ['order', `order:${hash.slice(1)}`, `Order:${hash}`, '{"order":7}', '{'])
      expect(complaintsOf({ SERVICE_SECRETS: wrong })).toMatch(/^SERVICE_SECRETS: Invalid secrets: expected name:sha256 in hex/);
    expect(complaintsOf({ SERVICE_SECRETS: 'order:canary' })).not.toContain('canary');
  });

  test('has to name the address for browsers where others than this machine may come', () => {
    expect(complaintsOf({ HTTP_HOST: '0.0.0.0' })).toBe('PUBLIC_URL: Needed unless this listens on this machine only');
    expect(complaintsOf({ HTTP_HOST: '0.0.0.0', PUBLIC_URL: 'https://access.shop.example' })).toBe('');
  });

  test('speaks with an OpenID provider over TLS, unless it is on this machine', () => {
    const client = { OIDC_CLIENT_ID: 'orderbus' };
    expect(complaintsOf({ ...client, OIDC_ISSUER: 'http://login.example.com' })).toMatch(/^OIDC_ISSUER: Expected https/);
    expect(complaintsOf({ OIDC_ISSUER: 'https://login.example.com' })).toBe('OIDC_CLIENT_ID: Needed with OIDC_ISSUER');
    for (const issuer of ['https://login.example.com', 'http://127.0.0.1:8080', 'http://localhost:8080'])
      expect(complaintsOf({ ...client, OIDC_ISSUER: issuer })).toBe('');
    expect(complaintsOf({ OIDC_RIGHTS: 'warehouse=owner' })).toMatch(/^OIDC_RIGHTS: Invalid rights/);
  });

  test('knows the names that may need a second factor', () => {
    expect(complaintsOf({ SECOND_FACTOR_FOR: 'admin,boss' })).toMatch(/^SECOND_FACTOR_FOR: Invalid names: expected none, or of viewer, /);
  });
});
