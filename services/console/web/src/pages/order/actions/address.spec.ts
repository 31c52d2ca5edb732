import { describe, expect, test } from '@jest/globals';
import { asLines, bodyOf, countries, draftOf, formOf, issuesOf, shownFields } from './address.ts';

const seattle = {
  name: 'A. Buyer',
  lines: ['1 Pine St', 'Apt 2'],
  city: 'Seattle',
  state: 'WA',
  postalCode: '98101',
  country: 'US',
  type: 'residential',
};

describe('an address', () => {
  test('is shown as on an envelope', () => {
    expect(asLines(seattle)).toEqual(['A. Buyer', '1 Pine St', 'Apt 2', '98101 Seattle WA', 'US']);
  });

  test('that is corrected keeps what nobody can type here', () => {
    const draft = { ...draftOf(seattle), city: ' Tacoma ', company: '' };
    expect(bodyOf(draft, seattle, ' the buyer wrote ')).toEqual({ recipient: { ...seattle, city: 'Tacoma' }, reason: 'the buyer wrote' });
  });

  test('in parts is said again only as long as the street is the same', () => {
    const street = { name: 'Rua A', number: '12' };
    const before = { ...seattle, street };
    expect(bodyOf(draftOf(before), before, 'x').recipient.street).toEqual(street);
    expect(bodyOf({ ...draftOf(before), lines: '2 Pine St\n' }, before, 'x').recipient).toMatchObject({ lines: ['2 Pine St'] });
    expect(bodyOf({ ...draftOf(before), lines: '2 Pine St\n' }, before, 'x').recipient).not.toHaveProperty('street');
  });

  test('misses what its country asks for, and a reason', () => {
    expect([...issuesOf({ ...draftOf(undefined), country: 'US' }, '')]).toEqual([
      ['recipient.name', 'missing'],
      ['recipient.city', 'missing'],
      ['recipient.state', 'missing'],
      ['recipient.postalCode', 'missing'],
      ['recipient.lines', 'missing'],
      ['reason', 'missing'],
    ]);
    expect([...issuesOf({ ...draftOf(seattle), state: 'Washington' }, 'x')]).toEqual([['recipient.state', 'state']]);
    expect([...issuesOf({ ...draftOf(seattle), lines: 'a\nb\nc\nd\ne' }, 'x')]).toEqual([['recipient.lines', 'too-many-lines']]);
    expect(issuesOf(draftOf(seattle), 'x').size).toBe(0);
  });

  test('has the fields of its country, and those in which something stands', () => {
    expect(shownFields(draftOf(seattle))).not.toContain('district');
    expect(shownFields({ ...draftOf(seattle), country: 'MX' })).toEqual(expect.arrayContaining(['district', 'municipality']));
    expect(shownFields({ ...draftOf(seattle), district: 'Downtown' })).toContain('district');
  });

  test('may be in any country where people live', () => {
    expect(new Set(countries).size).toBe(243);
    expect(formOf('NO').needs).toEqual([]);
  });
});
