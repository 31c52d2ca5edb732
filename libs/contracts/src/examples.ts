import { readdirSync, readFileSync } from 'node:fs';
import type { Event, EventDefinition } from './define-event.ts';

const folder = new URL('../examples/', import.meta.url);

/** The example message of an event, envelope included, with every optional field present. The same object never twice: change it freely. */
export const example = <Data>(definition: Pick<EventDefinition<Data>, 'topic' | 'parse'>): Event<Data> =>
  definition.parse(JSON.parse(readFileSync(new URL(`${definition.topic}.json`, folder), 'utf8')));

/** The example as it stands in its file, unread by any schema. */
export const rawExample = ({ topic }: Pick<EventDefinition, 'topic'>): unknown =>
  JSON.parse(readFileSync(new URL(`${topic}.json`, folder), 'utf8'));

/** The topics that have an example. */
export const exampleTopics = (): string[] =>
  readdirSync(folder)
    .map((file) => file.replace(/\.json$/, ''))
    .sort();
