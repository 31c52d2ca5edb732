import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { ConfigError, durationMs, type Environment, flag, list, parseConfig, port, url } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileWith = (name: string, contents: string): string => {
  writeFileSync(join(folder, name), contents);
  return join(folder, name);
};

const complaintAbout = (schema: z.ZodObject, env: Environment): string => {
  try {
    parseConfig(schema, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'no complaint';
};

describe('a configuration', () => {
  const Config = z.object({ PORT: port(), DATABASE_URL: url(['postgres', 'postgresql']) });

  test('complains about everything at once, in one readable text', () => {
    expect(complaintAbout(Config, { PORT: 'eighty' })).toBe(
      [
        'Cannot start, the environment is wrong:',
        '  PORT: Invalid input: expected number, received NaN',
        '  DATABASE_URL: Invalid input: expected string, received undefined',
      ].join('\n'),
    );
  });

  test('never repeats a value in its complaint', () => {
    const complaint = complaintAbout(
      z.object({ DATABASE_URL: url(['postgres']), MODE: z.enum(['a', 'b']), WAIT: durationMs(), ON: flag(), KEY: z.string().length(3) }),
      { DATABASE_URL: 'mysql://root:hunter2@db', MODE: 'hunter2', WAIT: 'hunter2', ON: 'hunter2', KEY: 'hunter2' },
    );
    expect(complaint.split('\n')).toHaveLength(6);
    expect(complaint).not.toContain('hunter2');
  });

  test('takes an empty variable for one that is not set', () => {
    expect(parseConfig(z.object({ PORT: port().default(3000) }), { PORT: '' })).toEqual({ PORT: 3000 });
  });

  test('ignores variables that it does not know', () => {
    expect(parseConfig(z.object({}), { HOME: '/root' })).toEqual({});
  });

  test('reads a variable from the file that NAME_FILE points at', () => {
    const file = fileWith('url', 'postgres://orders:s3cret@db/orders\n');
    expect(parseConfig(z.object({ DATABASE_URL: url(['postgres']) }), { DATABASE_URL_FILE: file })).toEqual({
      DATABASE_URL: 'postgres://orders:s3cret@db/orders',
    });
  });

  test('names a file that cannot be read, once', () => {
    expect(complaintAbout(z.object({ TOKEN: z.string() }), { TOKEN_FILE: '/nowhere/token' })).toBe(
      'Cannot start, the environment is wrong:\n  TOKEN_FILE: cannot read /nowhere/token (ENOENT)',
    );
  });

  test('does not choose between a variable and its file', () => {
    expect(complaintAbout(z.object({ TOKEN: z.string() }), { TOKEN: 'x', TOKEN_FILE: fileWith('t', 'y') })).toContain(
      'TOKEN: set either TOKEN or TOKEN_FILE, not both',
    );
  });
});

describe('a setting', () => {
  const read = (schema: z.ZodType, value: string): unknown => parseConfig(z.object({ X: schema }), { X: value }).X;

  test.each([
    ['250ms', 250],
    ['5s', 5_000],
    ['1.5s', 1_500],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['30d', 2_592_000_000],
    ['40', 40],
  ])('of duration %s is %d ms', (text, ms) => {
    expect(read(durationMs(), text)).toBe(ms);
  });

  test.each([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ])('of flag %s is %s', (text, value) => {
    expect(read(flag(), text)).toBe(value);
  });

  test.each(['yes', 'on', '2'])('of flag %s is refused', (text) => {
    expect(() => read(flag(), text)).toThrow('X: Invalid flag: expected true, false, 1 or 0');
  });

  test('that is a list loses blanks and empty items', () => {
    expect(read(list(), ' US, CA ,,MX')).toEqual(['US', 'CA', 'MX']);
  });

  test.each(['70000', '-1', '1.5', 'x'])('of port %s is refused', (text) => {
    expect(() => read(port(), text)).toThrow(ConfigError);
  });

  test('that is a URL has one of its schemes', () => {
    expect(read(url(['amqp', 'amqps']), 'amqps://broker')).toBe('amqps://broker');
    expect(() => read(url(['amqp', 'amqps']), 'http://broker')).toThrow('X: Invalid URL: expected amqp://… or amqps://…');
    expect(() => read(url(['amqp']), 'broker:5672')).toThrow('expected amqp://…');
  });
});
