import { readFileSync } from 'node:fs';

/** Of this code: all packages of the repository have the same. */
export const version: string = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
