import { describe, expect, test } from '@jest/globals';
import { aPerson, type Person, permissionsOf, type Rights } from './person.ts';
import { refusalToChange, refusalToGive, refusalToLetIn } from './rights.ts';

const everything: Rights = { role: 'admin', permissions: ['see-buyer-data', 'refund', 'manage-access'], stores: '*' };
const nobodyYet = { createdAt: '2026-11-29T10:00:00.000Z', createdBy: 'test' };

const person = (id: string, rights: Partial<Rights> = {}, change: Partial<Person> = {}): Person => ({
  ...aPerson({ id, email: `${id}@example.com`, name: id, ...nobodyYet, ...everything, ...rights }, 'enabled'),
  ...change,
});

const admin = person('admin');
const manager = person('manager', { role: 'viewer', permissions: ['manage-access'] });
const viewer = person('viewer', { role: 'viewer', permissions: [], stores: ['store-1'] });

describe('rights', () => {
  test('are those of the role, and the single ones that no role brings along', () => {
    expect(permissionsOf({ role: 'viewer', permissions: [] })).toEqual(['read']);
    expect(permissionsOf({ role: 'operator', permissions: ['refund'] })).toEqual(['read', 'operate', 'bill', 'refund']);
    expect(permissionsOf({ role: 'accountant', permissions: [] })).toEqual(['read', 'bill', 'books']);
    expect(permissionsOf({ role: 'admin', permissions: [] })).toEqual(['read', 'operate', 'bill', 'books', 'administer']);
  });

  test('are given by who has them', () => {
    expect(refusalToGive(admin, everything)).toBeUndefined();
    expect(refusalToGive(manager, { role: 'viewer', permissions: ['manage-access'], stores: '*' })).toBeUndefined();
    expect(refusalToGive(manager, { role: 'operator', permissions: [], stores: '*' })).toBe('more-than-own');
    expect(refusalToGive(manager, { role: 'viewer', permissions: ['see-buyer-data'], stores: '*' })).toBe('more-than-own');
    const limited: Rights = { role: 'admin', permissions: [], stores: ['store-1', 'store-2'] };
    expect(refusalToGive(limited, { role: 'viewer', permissions: [], stores: ['store-2'] })).toBeUndefined();
    expect(refusalToGive(limited, { role: 'viewer', permissions: [], stores: ['store-2', 'store-3'] })).toBe('more-than-own');
    expect(refusalToGive(limited, { role: 'viewer', permissions: [], stores: '*' })).toBe('more-than-own');
  });

  test('to manage access come with all stores or not at all', () => {
    expect(refusalToGive(admin, { role: 'viewer', permissions: ['manage-access'], stores: ['store-1'] })).toBe('manager-of-some-stores');
  });
});

describe('the access of a person', () => {
  test('is never changed by himself, neither up nor down', () => {
    expect(refusalToChange(manager, manager, { ...manager, role: 'admin' }, 2)).toBe('own-access');
    expect(refusalToChange(admin, admin, { ...admin, role: 'viewer' }, 2)).toBe('own-access');
    expect(refusalToLetIn(admin, admin)).toBe('own-access');
  });

  test('is changed only by who has what he had and what he gets', () => {
    expect(refusalToChange(admin, viewer, { ...viewer, role: 'operator' }, 2)).toBeUndefined();
    expect(refusalToChange(manager, admin, { ...admin, role: 'viewer' }, 2)).toBe('more-than-own');
    expect(refusalToChange(manager, viewer, { ...viewer, role: 'operator' }, 2)).toBe('more-than-own');
    expect(refusalToLetIn(manager, viewer)).toBeUndefined();
    expect(refusalToLetIn(manager, admin)).toBe('more-than-own');
  });

  test('is closed by every manager, opened again only by who has it', () => {
    const disabled = { ...admin, state: 'disabled' } as const;
    expect(refusalToChange(manager, admin, disabled, 2)).toBeUndefined();
    expect(refusalToChange(manager, disabled, admin, 1)).toBe('more-than-own');
    expect(refusalToChange(manager, viewer, { ...viewer, state: 'disabled', role: 'admin' }, 2)).toBe('more-than-own');
  });

  test('stays when he is the last who manages access', () => {
    expect(refusalToChange(admin, manager, { ...manager, state: 'disabled' }, 1)).toBe('last-manager');
    expect(refusalToChange(admin, manager, { ...manager, permissions: [] }, 1)).toBe('last-manager');
    expect(refusalToChange(admin, manager, { ...manager, permissions: [] }, 2)).toBeUndefined();
    expect(refusalToChange(admin, manager, { ...manager, role: 'operator' }, 1)).toBeUndefined();
  });
});
