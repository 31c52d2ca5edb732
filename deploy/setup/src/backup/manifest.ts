import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@orderbus/kernel';
import { z } from 'zod';

export const dumpFile = 'orderbus.dump';
export const manifestFile = 'manifest.json';

/** What a backup says of itself. Written last: a backup without it was broken off. */
export const Manifest = z.object({
  format: z.literal(1),
  /** Of Orderbus. */
  version: z.string(),
  /** All schemas are as they were at this moment. */
  takenAt: z.iso.datetime(),
  postgres: z.object({ version: z.int() }),
  schemas: z.record(z.string(), z.object({ migrations: z.array(z.string()), rows: z.record(z.string(), z.int()) })),
  /** By ring: each key that something in it is sealed with, and a word by which it is known again. Tells nothing of the key. */
  keys: z.record(z.string(), z.record(z.string(), z.string())),
  file: z.object({ bytes: z.int(), sha256: z.string() }),
});
export type Manifest = z.output<typeof Manifest>;

/** @throws AppError `backup.incomplete`, `backup.damaged` */
export const readManifest = async (folder: string): Promise<Manifest> => {
  const path = join(folder, manifestFile);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) throw new AppError('invalid', 'backup.incomplete', { missing: path });
  const parsed = Manifest.safeParse(jsonIn(text));
  if (!parsed.success) throw new AppError('invalid', 'backup.damaged', { file: path, why: 'it is not the manifest of a backup' });
  const { bytes, sha256 } = parsed.data.file;
  const found = await sumOf(join(folder, dumpFile)).catch(() => undefined);
  if (found === undefined) throw new AppError('invalid', 'backup.incomplete', { missing: join(folder, dumpFile) });
  if (found.sha256 !== sha256)
    throw new AppError('invalid', 'backup.damaged', { file: join(folder, dumpFile), bytes: found.bytes, expectedBytes: bytes });
  return parsed.data;
};

export const sumOf = async (file: string): Promise<Manifest['file']> => {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex') };
};

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
