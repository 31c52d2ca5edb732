import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Service } from '@orderbus/service-kit';
import type { Harness } from '@orderbus/testkit';
import { orderHarness } from './harness.ts';
import { people } from './people.ts';

let harness: Harness<Service>;
beforeAll(async () => {
  harness = await orderHarness();
});
afterAll(() => harness.stop());

const { as } = people(() => harness, '556');

const late = {
  name: 'Late',
  filters: { state: ['processing'], shipByTo: '2026-03-01T00:00:00Z' },
  sort: 'shipBy',
  columns: ['number', 'shipBy'],
};

describe('a saved view', () => {
  test('keeps filters, sort, columns and density, for the one who saved it', async () => {
    const { status, body, etag } = await as('Ada', 'POST', '/views', late);
    expect([status, etag, body]).toEqual([201, '"1"', { ...late, density: 'comfortable', id: body.id, version: 1 }]);
    await as('Ada', 'POST', '/views', { ...late, name: 'All', filters: {}, density: 'compact' });
    const names = async (actor: string) => (await as(actor, 'GET', '/views')).body.items.map(({ name }: { name: string }) => name);
    expect([await names('Ada'), await names('Bea')]).toEqual([['All', 'Late'], []]);
    expect((await as('Bea', 'GET', `/views/${body.id}`)).status).toBe(404);
    expect((await as('Bea', 'DELETE', `/views/${body.id}`)).status).toBe(404);
    expect((await as('Ada', 'GET', `/views/${body.id}`)).body).toEqual(body);
  });

  test('is replaced by whoever has seen it as it is, and taken away', async () => {
    const { body } = await as('Eve', 'POST', '/views', late);
    const path = `/views/${body.id}`;
    const changed = { ...late, name: 'Later', columns: ['total'] };
    expect(await as('Eve', 'PUT', path, changed, { 'if-match': '"1"' })).toMatchObject({ status: 200, etag: '"2"', body: changed });
    expect((await as('Eve', 'PUT', path, late, { 'if-match': '"1"' })).status).toBe(412);
    expect((await as('Eve', 'DELETE', path)).status).toBe(204);
    expect((await as('Eve', 'PUT', path, late)).status).toBe(404);
  });

  test('has a name that none of the others has', async () => {
    await as('Joe', 'POST', '/views', late);
    const { body } = await as('Joe', 'POST', '/views', { ...late, name: 'Mine' });
    expect(await as('Joe', 'POST', '/views', late)).toMatchObject({ status: 409, body: { code: 'view.name-taken' } });
    expect(await as('Joe', 'PUT', `/views/${body.id}`, late)).toMatchObject({ status: 409, body: { code: 'view.name-taken' } });
  });

  test.each([
    ['a search, which may be a name', { ...late, filters: { q: 'quartermain' } }, 'filters.q'],
    ['an unknown column', { ...late, columns: ['buyer'] }, 'columns.0'],
    ['no column', { ...late, columns: [] }, 'columns'],
  ])('does not keep %s', async (_, view, field) => {
    const { status, body } = await as('Ada', 'POST', '/views', view);
    expect([status, body.errors[0].field]).toEqual([400, field]);
  });
});
