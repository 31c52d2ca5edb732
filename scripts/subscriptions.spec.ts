import { describe, expect, test } from '@jest/globals';
import { allEvents } from '@orderbus/contracts';
import { listeners, services } from './services.ts';

/** Told for the record: they are in the order's timeline, and no service does anything because of them. */
const forTheRecord = [
  'order.address_corrected.v1',
  'order.commented.v1',
  'order.noted.v1',
  'order.status_changed.v1',
  'order.tagged.v1',
  'shipment.packed.v1',
];

describe('the subscriptions of all services', () => {
  test('leave no event unheard but those for the record, and those really are', () => {
    const heard = new Set(listeners.map(({ topic }) => topic));
    const unheard = allEvents.map(({ topic }) => topic).filter((topic) => !heard.has(topic));
    expect(unheard.sort()).toEqual(forTheRecord);
  });

  test('are to events that somebody publishes', () => {
    const published = new Set(allEvents.map(({ topic }) => topic));
    expect(listeners.filter(({ topic }) => !published.has(topic))).toEqual([]);
  });

  test('bear the name of their service and a verb', () => {
    expect(listeners.filter(({ service, name }) => !new RegExp(`^${service}\\.[a-z]+(-[a-z]+)*$`).test(name))).toEqual([]);
  });

  test('take each event once under each name: the second would count as a repetition of the first', () => {
    const names = listeners.map(({ name, topic }) => `${name} ${topic}`);
    expect(names.filter((name, n) => names.indexOf(name) !== n)).toEqual([]);
  });
});

test('the services that are documented have one name each, their own', () => {
  expect(services.map(({ build }) => build().name)).toEqual(services.map(({ name }) => name));
});
