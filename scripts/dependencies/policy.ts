import type { Exception } from './verdict.ts';

/** Advisories that are let pass for a while, each with its reason and its last day. */
export const exceptions: readonly Exception[] = [];

/** Licences that ask for no more than to be named, as SPDX writes them. */
export const permitted: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
];

/** Packages that may have another one. A name that ends in `/` or `-` stands for all that begin with it: a scope, one package's builds for platforms. */
export const permittedFor: readonly { readonly packages: readonly string[]; readonly licence: string; readonly reason: string }[] = [
  { packages: ['@expo-google-fonts/'], licence: 'OFL-1.1', reason: 'the licence of fonts: embedding them in documents is what it is for' },
  {
    packages: ['caniuse-lite'],
    licence: 'CC-BY-4.0',
    reason: 'a table of browsers, read by tools of development; nothing of it is handed on',
  },
  {
    packages: ['spdx-exceptions'],
    licence: 'CC-BY-3.0',
    reason: 'a list of names, read by tools of development; nothing of it is handed on',
  },
  {
    packages: ['axe-core', 'lightningcss', 'lightningcss-'],
    licence: 'MPL-2.0',
    reason: 'tools that check and build pages, unchanged; nothing of them is handed on',
  },
  { packages: ['png-js'], licence: 'none', reason: 'MIT, as its LICENSE says; its package.json forgets to' },
];
