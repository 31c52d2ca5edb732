import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { breaksBetween } from './compatible.ts';
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts';

const line = z.object({ sku: z.string(), quantity: z.int().nonnegative() });
const released = z.object({
  number: z.string().min(1),
  status: z.enum(['new', 'blocked']),
  reason: z.string().optional(),
  total: z.int(),
  lines: z.array(line),
  at: z.iso.datetime(),
  detail: z.union([z.string(), z.object({ code: z.string() })]),
});
const schemaOf = (message: z.ZodType): JsonSchema => jsonSchemaOf({ message: message as never });
const breaks = (current: z.ZodType): string[] => breaksBetween(schemaOf(released), schemaOf(current));

describe('the version stays', () => {
  test('when nothing changes', () => {
    expect(breaks(released)).toEqual([]);
  });

  test('when an optional field is added, at any depth', () => {
    expect(breaks(released.extend({ note: z.string().optional() }))).toEqual([]);
    expect(breaks(released.extend({ lines: z.array(line.extend({ asin: z.string().optional() })) }))).toEqual([]);
    expect(breaks(released.extend({ gift: z.object({ wrap: z.string() }).optional() }))).toEqual([]);
  });

  test('when fields change places, or a field is explained in other words', () => {
    expect(breaks(z.object(Object.fromEntries(Object.entries(released.shape).reverse())))).toEqual([]);
    expect(breaks(released.extend({ total: z.int().describe('To the cent') }))).toEqual([]);
  });
});

describe('a break is named with its path', () => {
  test.each<[string, z.ZodType, string]>([
    ['a field that is gone', released.omit({ total: true }), 'total: removed or renamed'],
    ['an optional field that is gone', released.omit({ reason: true }), 'reason: removed or renamed'],
    ['a field of a line that is gone', released.extend({ lines: z.array(line.omit({ sku: true })) }), 'lines[].sku: removed or renamed'],
    ['a new required field', released.extend({ tip: z.int() }), 'tip: new, and required'],
    ['an optional field made required', released.extend({ reason: z.string() }), 'reason: was optional, is required'],
    ['a required field made optional', released.extend({ total: z.int().optional() }), 'total: was required, is optional'],
    ['another type', released.extend({ number: z.int() }), 'number: type was "string", is "integer"'],
    ['one number wider', released.extend({ total: z.number() }), 'total: type was "integer", is "number"'],
    ['a value that may be nothing', released.extend({ total: z.int().nullable() }), 'total: anyOf had 0 alternatives, has 2'],
    ['a narrowed text', released.extend({ number: z.string().min(2) }), 'number: minLength was 1, is 2'],
    ['a widened text', released.extend({ number: z.string() }), 'number: minLength was 1, is not there'],
    ['a narrowed number', released.extend({ total: z.int().min(0) }), 'total: minimum was -9007199254740991, is 0'],
    ['a pattern', released.extend({ number: z.string().min(1).regex(/^\d+$/) }), 'number: pattern was not there, is "^\\\\d+$"'],
    ['a format', released.extend({ at: z.string() }), 'at: format was "date-time", is not there'],
    ['a list with a minimum', released.extend({ lines: z.array(line).min(1) }), 'lines: minItems was not there, is 1'],
    [
      'a value more in an enum',
      released.extend({ status: z.enum(['new', 'blocked', 'complete']) }),
      'status: enum was ["new","blocked"], is ["new","blocked","complete"]',
    ],
    ['a value less in an enum', released.extend({ status: z.enum(['new']) }), 'status: enum was ["new","blocked"], is ["new"]'],
    ['a list instead of an object', released.extend({ lines: line }), 'lines[] was {"type":"object"'],
    ['an alternative more', released.extend({ detail: z.union([...released.shape.detail.options, z.int()]) }), 'detail: anyOf had 2'],
    [
      'another alternative',
      released.extend({ detail: z.union([z.string(), z.object({ code: z.int() })]) }),
      'detail (anyOf 2).code: type was "string", is "integer"',
    ],
    ['fields that are no longer open', released.strict(), ' (additionalProperties) was not there, is false'],
  ])('%s', (_, current, named) => {
    expect(breaks(current).filter((what) => what.includes(named))).toHaveLength(1);
  });

  test('and all of them are named at once', () => {
    const current = released.omit({ total: true }).extend({ tip: z.int(), reason: z.string() });
    expect(breaks(current)).toEqual(['reason: was optional, is required', 'total: removed or renamed', 'tip: new, and required']);
  });
});
