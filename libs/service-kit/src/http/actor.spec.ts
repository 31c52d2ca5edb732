import { describe, expect, test } from '@jest/globals';
import type { Caller } from '../access/caller.ts';
import { actorOf } from './actor.ts';

const mara: Caller = { kind: 'person', id: 'person:1', name: 'Mara', permissions: ['read'], stores: '*' };

describe('the actor on record', () => {
  test('is who asks', () => {
    expect(actorOf({ caller: mara })).toEqual({ kind: 'person', name: 'Mara' });
  });

  test('is the one in whose name a service asks', () => {
    const billing: Caller = { ...mara, kind: 'service', id: 'service:billing', name: 'billing' };
    expect(actorOf({ caller: billing })).toEqual({ kind: 'person', name: 'billing' });
    expect(actorOf({ caller: { ...billing, onBehalfOf: 'Mara' } })).toEqual({ kind: 'person', name: 'Mara' });
  });
});
