import { expect, test } from '@jest/globals';
import { aPerson } from '../domain/person.ts';
import { hashing } from '../secrets/password-hash.ts';
import { acceptedHash, withPassword } from './change-password.ts';

test('none of the last ten passwords is taken again, the eleventh is', async () => {
  const now = new Date('2026-11-29T12:00:00Z');
  const quick = hashing(19);
  const about = { id: 'p', email: 'p@example.com', name: 'Pia', createdAt: now.toISOString(), createdBy: 'test' };
  let person = aPerson({ ...about, role: 'viewer', permissions: [], stores: '*' });
  const nth = (n: number): string => `${n}-Rope&Mast-${n}`;
  for (let n = 0; n <= 10; n++) person = withPassword(person, await quick.hash(nth(n)), now);
  expect(person.passwords).toHaveLength(10);
  await expect(acceptedHash({ hashing: quick }, person, nth(1))).rejects.toMatchObject({
    code: 'password.refused',
    details: { errors: [{ field: 'password', message: 'used-before' }] },
  });
  await expect(acceptedHash({ hashing: quick }, person, nth(10))).rejects.toMatchObject({ code: 'password.refused' });
  expect(await acceptedHash({ hashing: quick }, person, nth(0))).toMatch(/^\$argon2id/);
});
