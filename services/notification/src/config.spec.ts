import { describe, expect, test } from '@jest/globals';
import { generateKey, parseConfig } from '@orderbus/service-kit';
import { mailSettings, NotificationConfig, rulesOfEnvironment } from './config.ts';

const database = {
  DATABASE_URL: 'postgres://notification@localhost/orderbus',
  BROKER_URL: 'amqp://localhost',
  ACCESS_URL: 'http://localhost:4706',
  ORDERBUS_KEYS: `test:${generateKey()}`,
};
const mail = { SMTP_URL: 'smtp://localhost:25', ALERT_FROM: 'orderbus@example.com', ALERT_TO: 'packing@example.com, office@example.com' };

describe('the configuration', () => {
  test('needs nothing for mail when no mail is wanted', () => {
    expect(mailSettings(parseConfig(NotificationConfig, database))).toBeUndefined();
    expect(rulesOfEnvironment(parseConfig(NotificationConfig, database))).toEqual([]);
  });

  test('tells the staff of everything but new orders, and of those when asked to', () => {
    const [staff, ...others] = rulesOfEnvironment(parseConfig(NotificationConfig, { ...database, ...mail }));
    expect(others).toEqual([]);
    expect(staff?.targets.map(({ shown }) => shown)).toEqual(['packing@example.com', 'office@example.com']);
    expect(staff?.kinds).toEqual(expect.arrayContaining(['order-blocked', 'cancel-requested', 'refund-rejected', 'sync-stalled']));
    expect(staff?.kinds).not.toContain('order-new');
    const all = parseConfig(NotificationConfig, { ...database, ...mail, ALERT_MAIL_KINDS: 'order-new,order-blocked' });
    expect(rulesOfEnvironment(all)).toMatchObject([{ kinds: ['order-new', 'order-blocked'] }]);
  });

  test('refuses to mail buyers', () => {
    const parse = () => parseConfig(NotificationConfig, { ...database, ...mail, ALERT_TO: 'k7x2p9q4@marketplace.amazon.de' });
    expect(parse).toThrow(/ALERT_TO\.0: Amazon buyers are never mailed/);
  });

  test('names every variable that is wrong, and no password', () => {
    const wrong = { ...database, SMTP_URL: 'smtp://me:hunter2@localhost', ALERT_TO: 'nobody', ALERT_MAIL_KINDS: 'order-lost' };
    const parse = () => parseConfig(NotificationConfig, wrong);
    expect(parse).toThrow(/ALERT_FROM: Needed with SMTP_URL/);
    expect(parse).toThrow(/ALERT_TO\.0: Invalid mail address/);
    expect(parse).toThrow(/ALERT_MAIL_KINDS\.0: .*order-new/);
    expect(parse).not.toThrow(/hunter2/);
  });

  test('reads the hosts that people may name as targets', () => {
    const hosts = (text: string) => parseConfig(NotificationConfig, { ...database, WEBHOOK_ALLOWED_HOSTS: text }).WEBHOOK_ALLOWED_HOSTS;
    expect(hosts('hooks.intern.example, 127.0.0.1:9000')).toEqual([{ host: 'hooks.intern.example' }, { host: '127.0.0.1', port: '9000' }]);
    expect(() => hosts('https://hooks.intern.example')).toThrow(/WEBHOOK_ALLOWED_HOSTS\.0: Invalid host: expected host or host:port/);
  });
});
