import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Environment, keySettings, parseConfig } from '@orderbus/service-kit';
import { z } from 'zod';
import { rings } from '../keys/rings.ts';

/** By ring, by key id: a word that only this key makes. */
export type KnownKeys = Readonly<Record<string, Readonly<Record<string, string>>>>;

const Config = z.object({ ORDERBUS_KEYS: keySettings.ORDERBUS_KEYS.optional(), SETUP_FOLDER: z.string().optional() });

/** The keys that are given: in the folder of setup for each ring, or in `ORDERBUS_KEYS` for all. @throws ConfigError */
export const givenKeys = async (environment: Environment): Promise<KnownKeys> => {
  const { SETUP_FOLDER: folder } = parseConfig(Config, environment);
  const shared = parseConfig(z.object({ ORDERBUS_KEYS: z.string().default('') }), environment).ORDERBUS_KEYS;
  const found = rings.map(async ({ name, file }) => {
    const own = folder === undefined ? undefined : await readFile(join(folder, 'installation', file), 'utf8').catch(() => undefined);
    return [name, wordsOf((own ?? shared).trim())] as const;
  });
  return Object.fromEntries(await Promise.all(found));
};

const wordsOf = (list: string): Record<string, string> =>
  Object.fromEntries(
    list
      .split(',')
      .filter((entry) => entry.includes(':'))
      .map((entry) => {
        const [id = '', key = ''] = entry.trim().split(':');
        return [id, createHmac('sha256', Buffer.from(key, 'base64')).update('orderbus backup').digest('base64url').slice(0, 16)];
      }),
  );
