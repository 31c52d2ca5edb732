import { describe, expect, test } from '@jest/globals';
import type { Caller } from '../access/caller.ts';
import { withContext } from '../context.ts';
import { actorOf, signatureOf } from './actor.ts';

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

test('in the audit log nobody is left out: who asked, for whom, from where, and under which correlation id', () => {
  const billing: Caller = { ...mara, kind: 'service', id: 'service:billing', name: 'billing', onBehalfOf: 'Mara' };
  expect(withContext({ correlationId: 'c-1' }, () => signatureOf({ caller: billing, address: '127.0.0.1' }))).toEqual({
    actor: { id: 'service:billing', name: 'billing' },
    onBehalfOf: 'Mara',
    correlationId: 'c-1',
    address: '127.0.0.1',
  });
});
