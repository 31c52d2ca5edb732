import { describe, expect, test } from '@jest/globals';
import { help, readOptions } from '../src/options.ts';

const read = (args: string[], env: Record<string, string> = {}) => readOptions(args, env, '/home/shop/orderbus');

describe('the options', () => {
  test('need nothing: everything runs on this machine, with invented orders', () => {
    expect(read([])).toEqual({
      port: 3_000,
      ordersPerMinute: 20,
      fresh: false,
      verbose: false,
      dataFolder: '/home/shop/orderbus/.orderbus',
      realAmazon: false,
    });
  });

  test('are what was asked for', () => {
    expect(read(['--port', '8080', '--orders-per-minute=0.5', '--fresh', '-v', '--data', '/srv/shop'])).toEqual({
      port: 8_080,
      ordersPerMinute: 0.5,
      fresh: true,
      verbose: true,
      dataFolder: '/srv/shop',
      realAmazon: false,
    });
  });

  test.each([
    ['DATABASE_URL', 'postgres://admin@db.example.com/shop', { databaseUrl: 'postgres://admin@db.example.com/shop' }],
    ['AMQP_URL', 'amqps://mq.example.com/shop', { brokerUrl: 'amqps://mq.example.com/shop' }],
    ['AMAZON_STORES', '[]', { realAmazon: true }],
    ['AMAZON_REFRESH_TOKEN_FILE', '/run/secrets/token', { realAmazon: true }],
  ])('take the real thing where %s is set', (name, value, expected) => {
    expect(read([], { [name]: value })).toMatchObject(expected);
  });

  test.each([
    [['--nonsense'], /'--nonsense'/],
    [['stray'], /'stray'/],
    [['--port', 'web'], /^--port: expected a number from 0 to 65000, received "web"$/],
    [['--port', '3000.5'], /^--port: /],
    [['--orders-per-minute', '-1'], /--orders-per-minute/],
    [['--data='], /^--data: /],
  ])('that are wrong are named: %j', (args, message) => {
    expect(() => read(args)).toThrow(message);
  });

  test('that are wrong are all named at once', () => {
    expect(() => read(['--port', 'x', '--orders-per-minute', 'y'])).toThrow(/--port: .*\n--orders-per-minute: /);
  });

  test('never empty a database that is not ours', () => {
    expect(() => read(['--fresh'], { DATABASE_URL: 'postgres://admin@db.example.com/shop' })).toThrow(
      /--fresh: not together with DATABASE_URL/,
    );
  });

  test('complain about a server of the wrong kind, without showing its password', () => {
    const attempt = () => read([], { DATABASE_URL: 'mysql://root:hunter2@db.example.com' });
    expect(attempt).toThrow(/DATABASE_URL: Invalid URL: expected postgres:\/\/…/);
    expect(attempt).not.toThrow(/hunter2/);
  });

  test('are all in the help, with the variables of the environment', () => {
    expect(read(['--help'])).toBeUndefined();
    for (const name of ['--port', '--data', '--fresh', '--orders-per-minute', '--verbose', '--help']) expect(help).toContain(name);
    for (const name of ['DATABASE_URL', 'AMQP_URL', 'AMAZON_STORES', 'ORDERBUS_KEYS', 'SMTP_URL']) expect(help).toContain(name);
  });
});
