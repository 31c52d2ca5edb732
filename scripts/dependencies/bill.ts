import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Component } from './licences.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const maker = fileURLToPath(new URL('../../node_modules/@cyclonedx/cyclonedx-npm/bin/cyclonedx-npm-cli.js', import.meta.url));

/** What runs in an installation, or all that development needs as well. */
export const scopes = {
  product: ['--omit', 'dev', '--workspace', 'services', '--workspace', 'deploy'],
  everything: [],
} as const;

export interface Bill {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly components: readonly Component[];
}

/** Writes a CycloneDX bill of materials of what is installed, and holds it against the standard's schema. */
export const writeBill = async (scope: keyof typeof scopes, path: string): Promise<Bill> => {
  const { stderr } = await run(process.execPath, [maker, ...scopes[scope], '--validate', '-vv', '--output-file', path], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  // Where its validator is missing, it warns and goes on.
  if (!stderr.includes('BOM result appears valid')) throw new Error(`The bill of materials was not validated:\n${stderr}`);
  return JSON.parse(await readFile(path, 'utf8'));
};
