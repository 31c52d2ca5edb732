import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from './json-schema.ts';

/**
 * The schema rule: adding an optional field keeps the version of an event. Whatever else differs is a break, and is named here with its
 * path; then the event needs a new version. Both schemas are JSON Schema; words for people (title, description) may change.
 */
export const breaksBetween = (released: JsonSchema, current: JsonSchema, path = ''): string[] => [
  ...fieldBreaks(released, current, path),
  ...nestedBreaks(released, current, path),
  ...keywordBreaks(released, current, path),
];

/** Keywords that only explain. */
const explaining = new Set(['$schema', '$id', '$comment', 'title', 'description', 'examples', 'deprecated']);
/** Keywords whose schemas are compared by the same rule. */
const fields = new Set(['properties', 'required']);
const nested = ['items', 'additionalProperties', 'propertyNames', 'not'] as const;
const alternatives = ['anyOf', 'oneOf', 'allOf'] as const;
const structural = new Set<string>([...fields, ...nested, ...alternatives]);

const fieldBreaks = (released: JsonSchema, current: JsonSchema, path: string): string[] => {
  const [before, after] = [propertiesOf(released), propertiesOf(current)];
  const [wasRequired, isRequired] = [requiredOf(released), requiredOf(current)];
  const known = Object.keys(before).flatMap((name) => {
    const field = join(path, name);
    const [old, now] = [before[name] as JsonSchema, after[name]];
    if (now === undefined) return [`${field}: removed or renamed`];
    return [
      ...(wasRequired.has(name) && !isRequired.has(name) ? [`${field}: was required, is optional`] : []),
      ...(!wasRequired.has(name) && isRequired.has(name) ? [`${field}: was optional, is required`] : []),
      ...breaksBetween(old, now, field),
    ];
  });
  const added = Object.keys(after).filter((name) => before[name] === undefined && isRequired.has(name));
  return [...known, ...added.map((name) => `${join(path, name)}: new, and required`)];
};

const nestedBreaks = (released: JsonSchema, current: JsonSchema, path: string): string[] => [
  ...nested.flatMap((keyword) => {
    const at = keyword === 'items' ? `${path}[]` : `${path} (${keyword})`;
    return partBreaks(released[keyword], current[keyword], at);
  }),
  ...alternatives.flatMap((keyword) => {
    const [before, after] = [listOf(released[keyword]), listOf(current[keyword])];
    if (before.length !== after.length)
      return [`${path || 'the message'}: ${keyword} had ${before.length} alternatives, has ${after.length}`];
    return before.flatMap((part, n) => partBreaks(part, after[n], `${path} (${keyword} ${n + 1})`));
  }),
];

const partBreaks = (before: unknown, after: unknown, path: string): string[] =>
  isSchema(before) && isSchema(after) ? breaksBetween(before, after, path) : different(path, before, after);

const keywordBreaks = (released: JsonSchema, current: JsonSchema, path: string): string[] =>
  [...new Set([...Object.keys(released), ...Object.keys(current)])]
    .filter((keyword) => !explaining.has(keyword) && !structural.has(keyword))
    .flatMap((keyword) => different(`${path || 'the message'}: ${keyword}`, released[keyword], current[keyword]));

const different = (what: string, before: unknown, after: unknown): string[] =>
  isDeepStrictEqual(before, after) ? [] : [`${what} was ${show(before)}, is ${show(after)}`];

const show = (value: unknown): string => (value === undefined ? 'not there' : JSON.stringify(value));

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value);
const propertiesOf = ({ properties }: JsonSchema) => (properties ?? {}) as Readonly<Record<string, JsonSchema | undefined>>;
const requiredOf = ({ required }: JsonSchema) => new Set((required ?? []) as readonly string[]);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
