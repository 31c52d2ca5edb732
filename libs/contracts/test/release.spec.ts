import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { allEvents, defineEvent } from '../src/index.ts';
import { jsonSchemaOf } from '../src/json-schema.ts';
import { byVersion, filesOf, lastRelease, type Release, releasable, releaseBreaks } from '../src/release.ts';

describe('the events as they are now', () => {
  const last = lastRelease() as Release;

  test('break nothing that the last release promised', () => {
    expect(releaseBreaks(last, releasable(allEvents))).toEqual([]);
  });

  test.each(last.events.map(({ topic, example }) => [topic, example] as const))(
    'read the released example of %s without loss',
    (topic, example) => {
      const definition = allEvents.find((candidate) => candidate.topic === topic);
      if (definition) expect(definition.parse(example)).toEqual(example);
    },
  );
});

describe('a release', () => {
  const v1 = defineEvent('order.packed', 1, z.object({ boxes: z.int() }));
  const v2 = defineEvent('order.packed', 2, z.object({ boxes: z.array(z.string()) }));
  const held = (...events: { topic: string; message: z.ZodType }[]) =>
    events.map(({ topic, message }) => ({ topic, schema: jsonSchemaOf({ message: message as never }), example: {} }));
  const releaseOf = (...events: { topic: string; message: z.ZodType }[]): Release => ({ version: '1.0.0', events: held(...events) });

  test('keeps an event until its successor has been released beside it', () => {
    expect(releaseBreaks(releaseOf(v1), held(v2))).toEqual(['order.packed.v1: removed, and no later version of it has been released']);
    expect(releaseBreaks(releaseOf(v1), held(v1, v2))).toEqual([]);
    expect(releaseBreaks(releaseOf(v1, v2), held(v2))).toEqual([]);
    expect(releaseBreaks(releaseOf(v1, v2), held(v1))).toEqual(['order.packed.v2: removed, and no later version of it has been released']);
  });

  test('names the event, the field and the change', () => {
    const changed = { topic: v1.topic, message: z.object({ data: z.object({ boxes: z.string() }) }) };
    const before = { topic: v1.topic, message: z.object({ data: z.object({ boxes: z.int() }) }) };
    expect(releaseBreaks(releaseOf(before), held(changed))).toContain('order.packed.v1: data.boxes: type was "integer", is "string"');
  });

  test('is a schema and an example per event', () => {
    const [event] = releasable(allEvents);
    expect(event && Object.keys(filesOf(event))).toEqual([`${event?.topic}.schema.json`, `${event?.topic}.example.json`]);
  });

  test('is later than another by its numbers, not by its letters', () => {
    expect(['0.10.0', '0.9.1', '0.9.0', '1.0.0'].sort(byVersion)).toEqual(['0.9.0', '0.9.1', '0.10.0', '1.0.0']);
  });
});
