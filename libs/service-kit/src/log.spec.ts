import { describe, expect, test } from '@jest/globals';
import { AppError } from '@orderbus/kernel';
import { withContext } from './context.ts';
import { createLog, type LogOptions } from './log.ts';

const logged = (options: Partial<LogOptions> = {}) => {
  const lines: string[] = [];
  const log = createLog({ service: 'order', ...options, destination: { write: (line) => lines.push(line) } });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>, text: () => lines.join('') };
};

describe('a log line', () => {
  test('says which service wrote it, when, and how grave it is', () => {
    const { log, last } = logged();
    log.warn({ orderId: 'o-1' }, 'late');
    expect(last()).toEqual({ level: 'warn', time: expect.stringMatching(/^\d{4}-.*Z$/), service: 'order', orderId: 'o-1', msg: 'late' });
  });

  test('carries the context of the work it belongs to, through awaits', async () => {
    const { log, last } = logged();
    await withContext({ correlationId: 'c-1' }, () =>
      withContext({ messageId: 'm-1' }, async () => {
        await new Promise(setImmediate);
        log.info('inside');
      }),
    );
    expect(last()).toMatchObject({ correlationId: 'c-1', messageId: 'm-1' });
    log.info('outside');
    expect(last()).not.toHaveProperty('correlationId');
  });

  test('below the level is not written', () => {
    const { log, lines } = logged({ level: 'warn' });
    log.info('quiet');
    expect(lines).toEqual([]);
  });

  test('cannot be forged by a line break in its data', () => {
    const { log, lines } = logged();
    log.info({ note: 'a\r\n{"level":"fatal"}' }, 'b\nc');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toMatch(/[\r\n]/);
  });
});

describe('a log line never holds', () => {
  test.each([
    { headers: { authorization: 'Bearer canary' } },
    { body: { password: 'canary' } },
    {
      lwa: {
        clientSecret: 'canary',
        client_secret: 'canary',
        refresh_token: 'canary',
        accessToken: 'canary',
        restrictedDataToken: 'canary',
      },
    },
    { order: { deep: { buyer: { name: 'canary' }, recipient: 'canary', shippingAddress: { line1: 'canary' } } } },
    { rows: [{ BuyerInfo: { BuyerEmail: 'canary' } }, { email: 'canary', phone: 'canary', giftMessage: 'canary' }] },
    { lwa: { apiKey: 'canary', privateKey: 'canary' }, ORDERBUS_KEYS: 'canary', sealed: 'canary' },
    { error: new AppError('bug', 'x', { buyerName: 'hidden-by-details' }) },
  ])('what the forbidden keys of %j hold', (fields) => {
    const { log, text } = logged();
    log.info(fields, 'hello');
    expect(text()).toContain('hello');
    expect(text()).not.toContain('canary');
  });

  test('the password of a connection URL, in fields, messages, causes and stacks', () => {
    const { log, text } = logged();
    const url = 'amqp://orders:can/a@ry@broker:5672/vhost';
    log.info({ url }, `connecting to ${url}`);
    log.error({ err: new Error(`no answer from ${url}`, { cause: new Error(`refused by ${url}`) }) }, 'failed');
    log.error(new AggregateError([new Error(url)], url));
    log.child({ url }).info('child');
    expect(text()).not.toContain('ry@');
    expect(text()).toContain('amqp://orders:[redacted]@broker:5672/vhost');
  });

  test('credentials in forms, query strings and bearer headers', () => {
    const { log, text } = logged();
    log.info('POST grant_type=refresh_token&refresh_token=Atzr|canary&client_secret=canary Bearer canary Atza|canary');
    expect(text()).not.toContain('canary');
  });

  test('API keys and tokens wherever they stand', () => {
    const { log, text } = logged();
    log.info(
      { url: '/people/obk_canary0123_canary-x' },
      'GET eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJjYW5hcnkifQ.Y2FuYXJ5 obk_canary0123_canary-x',
    );
    expect(text()).not.toMatch(/canary|eyJ|Y2Fu/);
  });

  test('what a driver puts on its errors: parameters and rows', () => {
    const { log, text, last } = logged();
    const error = Object.assign(new Error('duplicate key value'), {
      code: '23505',
      constraint: 'order_pkey',
      detail: 'Key (email)=(canary@example.com) already exists.',
      parameters: ['canary'],
    });
    log.error({ err: error }, 'failed');
    expect(text()).not.toContain('canary');
    expect(last().err).toMatchObject({ message: 'duplicate key value', code: '23505', constraint: 'order_pkey' });
  });

  test('raw bytes: their number will do', () => {
    const { log, last } = logged();
    log.info({ body: Buffer.from('canary') }, 'received');
    expect(last().body).toBe('[6 bytes]');
  });

  test('the bindings of a child that are forbidden', () => {
    const { log, text } = logged();
    log.child({ token: 'canary' }).info('child');
    expect(text()).not.toContain('canary');
  });

  test('an endless structure: it is cut', () => {
    const { log, text } = logged();
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    const error = new Error('round');
    error.cause = error;
    log.info({ loop, err: error }, 'cut');
    expect(text()).toContain('[deep]');
  });
});

describe('a line for people', () => {
  test('is one line, with what matters first', () => {
    const { log, lines } = logged({ pretty: true });
    log.info({ orderId: 'o-1', items: [1, 2] }, 'imported');
    expect(lines).toEqual([expect.stringMatching(/^\d\d:\d\d:\d\d\.\d{3} INFO {2}order +imported orderId=o-1 items=\[1,2\]\n$/)]);
  });

  test('spells out control characters instead of obeying them', () => {
    const { log, lines } = logged({ pretty: true });
    log.info({ note: 'x\r\n12:00 FATAL forged\u001b[2J' }, 'a\nb');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('a\\nb note=x\\r\\n12:00 FATAL forged\\u001b[2J\n');
  });

  test('shows the stack of an error, indented below', () => {
    const { log, lines } = logged({ pretty: true });
    log.error({ err: new Error('broken') }, 'failed');
    const [first, second, third] = (lines[0] ?? '').split('\n');
    expect(first).toMatch(/ERROR order +failed$/);
    expect(second).toBe('    Error: broken');
    expect(third).toMatch(/^ {8}at /);
  });
});
