import { afterEach, describe, expect, test } from '@jest/globals';
import { parseConfig } from '../config.ts';
import { ServiceConfig } from './settings.ts';

const service = { DATABASE_URL: 'postgres://role@127.0.0.1/db', BROKER_URL: 'amqp://127.0.0.1', ACCESS_URL: 'http://127.0.0.1' };
const settings = (environment: object) => parseConfig(ServiceConfig, { ...service, ...environment });

describe('where a process dies, and which rules it breaks', () => {
  const { NODE_ENV } = process.env;
  afterEach(() => {
    process.env.NODE_ENV = NODE_ENV;
  });

  test('is nowhere, and none', () => {
    expect(settings({})).not.toHaveProperty('FAILPOINT');
    expect(settings({})).not.toHaveProperty('SABOTAGE');
  });

  test('is said by name, and how often it comes by first', () => {
    expect(settings({ FAILPOINT: 'in_tx' }).FAILPOINT).toEqual({ point: 'in_tx', nth: 1 });
    expect(settings({ FAILPOINT: 'before_tx:3' }).FAILPOINT).toEqual({ point: 'before_tx', nth: 3 });
    expect(settings({ SABOTAGE: 'inbox_off, cursor_early' }).SABOTAGE).toEqual(['inbox_off', 'cursor_early']);
  });

  test.each([{ FAILPOINT: 'somewhere' }, { FAILPOINT: 'in_tx:0' }, { SABOTAGE: 'everything' }])('is not guessed: %o', (environment) => {
    expect(() => settings(environment)).toThrow(/FAILPOINT: Invalid failpoint: expected one of before_tx|SABOTAGE/);
  });

  test.each([{ FAILPOINT: 'in_tx' }, { SABOTAGE: 'inbox_off' }])('is refused in production: %o', (environment) => {
    process.env.NODE_ENV = 'production';
    expect(() => settings(environment)).toThrow('refused in production');
    expect(settings({})).toBeDefined();
  });
});
