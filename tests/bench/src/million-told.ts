import type { MillionResult } from './million.ts';

const mb = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;
const bytes = (value: number) => `${Math.round(value).toLocaleString('en')} bytes`;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** Of the same number of orders each: orders over seconds. */
const speed = (turns: readonly number[]) => 1 / mean(turns.map((perSecond) => 1 / perSecond));
const all = (turns: readonly number[]) => turns.map(Math.round).join(', ');

export const tellMillion = (result: MillionResult, say: (label: string, value: string) => void): void => {
  const [empty, full] = [speed(result.empty), speed(result.full)];
  say(`${result.kept} orders made`, `${result.fillSeconds.toFixed(0)} s`);
  say('empty database', `${Math.round(empty)} orders/s (${all(result.empty)})`);
  say('full database', `${Math.round(full)} orders/s (${all(result.full)})`);
  say('share', (full / empty).toFixed(2));
  for (const { name, empty: before, full: after } of result.memory) say(`memory of ${name}, empty, full`, `${mb(before)}, ${mb(after)}`);
  for (const { schema, rows, toast, indexes, added } of result.schemas)
    say(`an order in ${schema}`, `${bytes(rows)} of rows, ${bytes(toast)} elsewhere, ${bytes(indexes)} of indexes; adds ${bytes(added)}`);
  const sum = (of: (schema: MillionResult['schemas'][number]) => number) =>
    bytes(result.schemas.reduce((total, schema) => total + of(schema), 0));
  say('an order in all schemas', `${sum(({ rows, toast, indexes }) => rows + toast + indexes)}; adds ${sum(({ added }) => added)}`);
  for (const { table, bytes: size, forgets } of result.largest)
    say(table, `${bytes(size)} per order, ${forgets ? 'forgets' : 'grows for good'}`);
  for (const { question, ms } of result.looks) say(question, `${ms.toFixed(0)} ms`);
  for (const { table, times } of result.readWhole) say(`${table} was read from end to end`, `${times} times`);
  if (result.readWhole.length === 0) say('read from end to end', 'no table of more than 10,000 rows');
  say('the timeline of an order', result.timeline);
  for (const { way, seconds, walBytes, deadRows, leftBytes } of result.forgetting)
    say(
      `300,000 events ${way}`,
      `${seconds.toFixed(2)} s, ${mb(walBytes)} of WAL, ${deadRows} dead rows, ${mb(leftBytes)} still on the disk`,
    );
};
