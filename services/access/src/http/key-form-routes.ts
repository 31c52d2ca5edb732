import type { Route } from '@orderbus/service-kit';
import { z } from 'zod';
import type { Person } from '../domain/person.ts';
import { doneOnRecord, type Happening, type Recorded } from '../sign-in/on-record.ts';
import type { Visitor } from '../sign-in/visitor.ts';
import { inStage } from '../sign-in/with-code.ts';
import type { AccessKit } from '../surroundings.ts';
import { change } from './browser.ts';
import { managerOf } from './manage.ts';
import { KeyPermission, makeKey, revokeKey } from './manage-keys.ts';
import { PersonName, Reason, StoresView } from './words.ts';

const dayMs = 86_400_000;

/** What the page of API keys asks for: the same as the API, from a browser. */
export const keyFormRoutes = (kit: AccessKit): Route[] => [
  change(kit, {
    path: '/keys',
    summary: 'Makes an API key, by the page',
    body: z.strictObject({
      name: PersonName,
      permissions: z.array(KeyPermission).min(1),
      stores: StoresView,
      days: z.int().min(1).max(366).describe('Until it ends'),
    }),
    does: (visitor, { days, ...wanted }) =>
      managing(kit, visitor, 'api-key.made', { fields: [...Object.keys(wanted), 'expiresAt'] }, async (manager) => {
        const expiresAt = new Date(kit.clock.now().getTime() + days * dayMs).toISOString();
        const { key } = await makeKey(kit, manager, { ...wanted, expiresAt });
        return { next: '/keys', key };
      }),
  }),
  change(kit, {
    path: '/keys/revoke',
    summary: 'Makes an API key worthless, by the page',
    body: z.strictObject({ keyId: z.string().regex(/^[a-z0-9]{16}$/), reason: Reason }),
    does: (visitor, { keyId, reason }) =>
      managing(kit, visitor, 'api-key.revoked', { about: [`key:${keyId}`], reason }, async (manager) => {
        await revokeKey(kit, manager, keyId);
        return { next: '/keys' };
      }),
  }),
];

/** Done on record, by whoever is signed in and manages access. */
const managing = <Result>(
  kit: AccessKit,
  visitor: Visitor,
  action: Happening,
  recorded: Omit<Recorded, 'person' | 'outcome'>,
  work: (manager: Person) => Promise<Result>,
): Promise<Result> => {
  const { person } = inStage(visitor, 'open');
  return doneOnRecord(kit, visitor, action, { person, ...recorded }, async () =>
    work(await managerOf(kit, { kind: 'person', id: `person:${person.id}` })),
  );
};
