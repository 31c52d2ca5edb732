import { readdirSync, readFileSync } from 'node:fs';
import { breaksBetween } from './compatible.ts';
import type { EventDefinition } from './define-event.ts';
import { rawExample } from './examples.ts';
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts';

/** One event as a release of the contracts holds it. */
export interface ReleasedEvent {
  readonly topic: string;
  readonly schema: JsonSchema;
  readonly example: unknown;
}

export interface Release {
  readonly version: string;
  readonly events: readonly ReleasedEvent[];
}

/** Where the releases are: a folder each, with a schema and an example per event. */
export const releasesFolder = new URL('../released/', import.meta.url);

/** The events as they are now, as a release would hold them. */
export const releasable = (definitions: readonly EventDefinition[]): ReleasedEvent[] =>
  definitions
    .map((definition) => ({ topic: definition.topic, schema: jsonSchemaOf(definition), example: rawExample(definition) }))
    .sort((a, b) => (a.topic < b.topic ? -1 : 1));

/** The file names of a released event and their texts. */
export const filesOf = ({ topic, schema, example }: ReleasedEvent): Record<string, string> => ({
  [`${topic}.schema.json`]: toText(schema),
  [`${topic}.example.json`]: toText(example),
});

/** The highest version there is; none before the first release. */
export const lastRelease = (): Release | undefined => {
  const version = readdirSync(releasesFolder).sort(byVersion).at(-1);
  if (version === undefined) return undefined;
  const folder = new URL(`${version}/`, releasesFolder);
  const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
  const topics = readdirSync(folder).flatMap((file) => /^(.*)\.schema\.json$/.exec(file)?.[1] ?? []);
  return {
    version,
    events: topics.map((topic) => ({ topic, schema: read(`${topic}.schema.json`), example: read(`${topic}.example.json`) })),
  };
};

/**
 * What the events as they are now break for readers of a release. A version may only go when its successor has been in a release:
 * until then both are published.
 */
export const releaseBreaks = (release: Release, current: readonly Pick<ReleasedEvent, 'topic' | 'schema'>[]): string[] =>
  release.events.flatMap(({ topic, schema }) => {
    const now = current.find((event) => event.topic === topic);
    if (now) return breaksBetween(schema, now.schema).map((what) => `${topic}: ${what}`);
    return hasSuccessor(topic, release) ? [] : [`${topic}: removed, and no later version of it has been released`];
  });

export const byVersion = (a: string, b: string): number => {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  const differing = left.findIndex((number, n) => number !== right[n]);
  return differing === -1 ? 0 : (left[differing] ?? 0) - (right[differing] ?? 0);
};

const numbersOf = (version: string): number[] => version.split('.').map(Number);

const hasSuccessor = (topic: string, { events }: Release): boolean => {
  const [type, version] = split(topic);
  return events.some((event) => {
    const [otherType, otherVersion] = split(event.topic);
    return otherType === type && otherVersion > version;
  });
};

const split = (topic: string): [type: string, version: number] => {
  const at = topic.lastIndexOf('.v');
  return [topic.slice(0, at), Number(topic.slice(at + 2))];
};

const toText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
