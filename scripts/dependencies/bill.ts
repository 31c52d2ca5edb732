import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Component } from './licences.ts';
import { systemComponents } from './system.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const maker = fileURLToPath(new URL('../../node_modules/@cyclonedx/cyclonedx-npm/bin/cyclonedx-npm-cli.js', import.meta.url));

/** What runs in an installation, of that what is in the image, or all that development needs as well. What the pages are made of belongs to each. */
export const scopes = {
  product: ['--omit', 'dev', '--workspace', 'services', '--workspace', 'services/console/web', '--workspace', 'deploy'],
  image: ['--omit', 'dev', '--workspace', 'services', '--workspace', 'services/console/web', '--workspace', 'deploy/setup'],
  everything: [],
} as const;

export interface Bill {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly components: readonly Component[];
}

/** Writes a CycloneDX bill of materials of what is installed, and holds it against the standard's schema. */
export const writeBill = async (scope: keyof typeof scopes, path: string, ...options: string[]): Promise<Bill> => {
  const { stderr } = await run(process.execPath, [maker, ...scopes[scope], ...options, '--validate', '-vv', '--output-file', path], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  // Where its validator is missing, it warns and goes on.
  if (!stderr.includes('BOM result appears valid')) throw new Error(`The bill of materials was not validated:\n${stderr}`);
  return JSON.parse(await readFile(path, 'utf8'));
};

/** The bill of an image: of its packages, and of all else in its file system. The same image has the same bill. */
export const writeImageBill = async (path: string, fileSystem: string): Promise<Bill> => {
  const bill = await writeBill('image', path, '--output-reproducible');
  const complete = { ...bill, components: [...bill.components, ...(await systemComponents(fileSystem))] };
  await writeFile(path, `${JSON.stringify(complete, null, 2)}\n`);
  return complete;
};
