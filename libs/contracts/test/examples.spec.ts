import { describe, expect, test } from '@jest/globals';
import { example, exampleTopics, rawExample } from '../src/examples.ts';
import { allEvents } from '../src/index.ts';
import { type JsonSchema, jsonSchemaOf } from '../src/json-schema.ts';

describe('the examples', () => {
  test('are there for every event, and for nothing else', () => {
    expect(exampleTopics()).toEqual(allEvents.map(({ topic }) => topic).sort());
  });

  test.each(allEvents.map((definition) => [definition.topic, definition] as const))('%s is read without loss', (_, definition) => {
    expect(example(definition)).toEqual(rawExample(definition));
  });

  test.each(allEvents.map((definition) => [definition.topic, definition] as const))('%s holds every field there is', (_, definition) => {
    expect(fieldsMissing(jsonSchemaOf(definition), rawExample(definition))).toEqual([]);
  });

  test('hold no mail address and no phone number', () => {
    for (const definition of allEvents) expect(JSON.stringify(rawExample(definition))).not.toMatch(/@|"\+?\d{2,4}[ /-]\d{5,}"/);
  });
});

/** Paths of the schema that the value leaves out. An empty list shows nothing, so it leaves out all that its items may hold. */
function fieldsMissing(schema: JsonSchema, value: unknown, path = ''): string[] {
  if (value === undefined) return [path];
  const { properties = {}, items } = schema as { properties?: Record<string, JsonSchema>; items?: JsonSchema };
  const inFields = Object.entries(properties).flatMap(([name, part]) =>
    fieldsMissing(part, (value as Record<string, unknown>)[name], path === '' ? name : `${path}.${name}`),
  );
  return items ? [...inFields, ...fieldsMissing(items, (value as unknown[])[0], `${path}[]`)] : inFields;
}
