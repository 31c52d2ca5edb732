import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { said } from './issue-code.ts';
import { fieldIssues } from './problem.ts';

const issuesOf = (schema: z.ZodType, value: unknown) => {
  const { error } = schema.safeParse(value);
  return error ? fieldIssues(error).map(({ code, facts }) => ({ code, ...(facts && { facts }) })) : [];
};

describe('what is wrong with a field has a code, for whoever says it in another language', () => {
  test.each<[string, z.ZodType, unknown, object]>([
    ['missing', z.string(), undefined, { code: 'field.missing' }],
    ['no number', z.coerce.number(), 'many', { code: 'field.not-number' }],
    ['no whole number', z.int(), 1.5, { code: 'field.not-int' }],
    ['no e-mail address', z.email(), 'x', { code: 'field.not-email' }],
    ['no address of the web', z.url(), 'x', { code: 'field.not-url' }],
    ['no day', z.iso.date(), 'x', { code: 'field.not-date' }],
    ['no moment', z.iso.datetime(), 'x', { code: 'field.not-moment' }],
    ['no id', z.uuid(), 'x', { code: 'field.not-id' }],
    ['in another form', z.string().regex(/^a$/), 'b', { code: 'field.format' }],
    ['none of several', z.enum(['a', 'b']), 'c', { code: 'field.not-one-of', facts: { values: 'a, b' } }],
    ['too long', z.string().max(2), 'abc', { code: 'field.most-characters', facts: { count: 2 } }],
    ['too short', z.string().min(2), 'a', { code: 'field.least-characters', facts: { count: 2 } }],
    ['too many', z.array(z.string()).max(1), ['a', 'b'], { code: 'field.most-entries', facts: { count: 1 } }],
    ['too few', z.array(z.string()).min(1), [], { code: 'field.least-entries', facts: { count: 1 } }],
    ['too large', z.number().max(5), 6, { code: 'field.most', facts: { bound: 5 } }],
    ['too small', z.number().min(5), 4, { code: 'field.least', facts: { bound: 5 } }],
    ['not small enough', z.number().lt(5), 5, { code: 'field.less-than', facts: { bound: 5 } }],
    ['not positive', z.number().positive(), 0, { code: 'field.more-than', facts: { bound: 0 } }],
    ['a field that nobody knows', z.strictObject({}), { a: 1 }, { code: 'field.unknown' }],
    ['said in our own words', z.iso.date(said('field.of-ours', 'Expected a day')), 'x', { code: 'field.of-ours' }],
  ])('%s', (_, schema, value, issue) => {
    expect(issuesOf(schema, value)).toEqual([issue]);
  });

  test('words of a schema that have no code stay what they are', () => {
    const schema = z.string().regex(/^\d+$/, 'Expected what nobody has a code for');
    expect(issuesOf(schema, 'x')).toEqual([{ code: undefined }]);
    expect(issuesOf(z.string({ error: 'Missing: which one?' }), undefined)).toEqual([{ code: undefined }]);
  });
});
