import { describe, expect, test } from '@jest/globals';
import { actorOf } from './actor.ts';

describe('the actor of a request', () => {
  test('is a person with the name that the request gives, and unknown without one', () => {
    expect(actorOf({ headers: { 'x-actor': ' Zoë B. ' } })).toEqual({ kind: 'person', name: 'Zoë B.' });
    expect(actorOf({ headers: {} })).toEqual({ kind: 'person', name: 'unknown' });
  });

  test.each(['', ' ', 'a'.repeat(81), 'a\tb', 'a\x7f'])('is not called %j', (name) => {
    expect(() => actorOf({ headers: { 'x-actor': name } })).toThrow('X-Actor: expected 1 to 80 printable characters');
  });
});
