import type { Event } from '@orderbus/contracts';

/**
 * An event as integrators get it, always the same text: the signature is over it. What is sealed stays in the house, and so does what the
 * seller's people write freely: they write names and addresses, too.
 */
export const payloadOf = ({ type, occurredAt, id, version, tenant, aggregateId, aggregateVersion, correlationId, data }: Event): string =>
  JSON.stringify({
    type,
    timestamp: occurredAt,
    ...{ id, version, tenant, aggregateId, aggregateVersion, correlationId },
    data: without(data, withheld[type] ?? []),
  });

const withheld: Readonly<Record<string, readonly string[]>> = { 'order.commented': ['text'], 'order.noted': ['note'] };

const without = (value: unknown, fields: readonly string[]): unknown => {
  if (Array.isArray(value)) return value.map((item) => without(item, fields));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !/^sealed/i.test(name) && !fields.includes(name));
  return Object.fromEntries(kept.map(([name, inner]) => [name, without(inner, fields)]));
};
