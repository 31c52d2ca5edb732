import { describe, expect, test } from '@jest/globals';
import { type Component, notPermitted } from './licences.ts';

const licensed = (...licences: string[]): Component => ({
  ...{ name: 'door', version: '1.0.0' },
  licenses: licences.map((licence) => (licence.includes(' ') ? { expression: licence } : { license: { id: licence } })),
});

describe('a licence', () => {
  test.each([['MIT'], ['ISC'], ['(MIT OR GPL-3.0-only)'], ['Apache-2.0 AND MIT'], ['BSD-3-Clause OR (GPL-2.0-only AND MIT)']])(
    '%s is permitted',
    (licence) => {
      expect(notPermitted([licensed(licence)])).toEqual([]);
    },
  );

  test.each([['GPL-3.0-only'], ['MIT AND GPL-3.0-only'], ['GPL-2.0-only OR AGPL-3.0-only'], ['UNLICENSED'], ['SEE LICENSE IN ours.txt']])(
    '%s is not',
    (licence) => {
      expect(notPermitted([licensed(licence)])).toEqual([`door 1.0.0: ${licence} is not among the permitted licences`]);
    },
  );

  test('has to be named', () => {
    expect(notPermitted([{ name: 'door', version: '1.0.0' }])).toEqual(['door 1.0.0: none is not among the permitted licences']);
  });

  test('beside another one has to be permitted as well', () => {
    expect(notPermitted([licensed('MIT', 'SSPL-1.0')])).toEqual(['door 1.0.0: SSPL-1.0 is not among the permitted licences']);
  });

  test('is looked for in packages inside of packages', () => {
    expect(notPermitted([{ ...licensed('MIT'), components: [{ ...licensed('SSPL-1.0'), group: '@house', name: 'lock' }] }])).toEqual([
      '@house/lock 1.0.0: SSPL-1.0 is not among the permitted licences',
    ]);
  });

  test('of fonts is for fonts', () => {
    const font = licensed('MIT AND OFL-1.1');
    expect(notPermitted([{ ...font, group: '@expo-google-fonts', name: 'noto-sans' }])).toEqual([]);
    expect(notPermitted([font])).toHaveLength(1);
  });
});
