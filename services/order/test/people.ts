import { expect } from '@jest/globals';
import { type AmazonOrder, AmazonOrderImported } from '@orderbus/contracts';
import type { Service } from '@orderbus/service-kit';
import { eventually, type Harness, type HttpAnswer } from '@orderbus/testkit';
import type { FactCommand } from '../src/domain/order.ts';
import { aSnapshot, message } from './builders.ts';
import { messageOf } from './messages.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** People at work on the orders of a running service, and the machines that tell it what happens elsewhere. */
export const people = (harnessOf: () => Harness<Service>, series: string) => {
  let serial = 0;

  const as = async (
    actor: string,
    method: Method,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<HttpAnswer & { etag: string | null }> => {
    const response = await harnessOf()
      .as({ name: actor })
      .fetch(path, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const text = await response.text();
    return { status: response.status, etag: response.headers.get('etag'), body: text === '' ? undefined : JSON.parse(text) };
  };

  const tell = (order: AmazonOrder, ...facts: readonly FactCommand[]): Promise<void> =>
    harnessOf().publishAll(facts.map((fact) => messageOf(fact, order.orderId, order.amazonOrderId)));

  const shows = (orderId: string, expected: object) =>
    eventually(async () => {
      const { body } = await as('Ada', 'GET', `/orders/${orderId}`);
      expect(body).toMatchObject(expected);
      return body;
    });

  return {
    as,
    tell,
    shows,
    /** An order that can be packed. */
    anotherOrder: async (changes: Parameters<typeof aSnapshot>[0] = {}): Promise<AmazonOrder> => {
      const order = aSnapshot({ amazonOrderId: `${series}-0000000-${String(++serial).padStart(7, '0')}`, ...changes });
      await harnessOf().publishAll([message(AmazonOrderImported, order, 1)]);
      await tell(order, { type: 'stock-reserved', version: 1 });
      await shows(order.orderId, { stock: 'reserved' });
      return order;
    },
    /** What the order's own log has, by type. */
    logOf: async (orderId: string): Promise<string[]> => {
      const { body } = await as('Ada', 'GET', `/events/${orderId}`);
      return body.items.map((event: { type: string }) => event.type.replace('order.', ''));
    },
    /** The words with which this is refused. */
    refusal: async (method: Method, path: string, body?: unknown): Promise<string> => {
      const { status, body: problem } = await as('Ada', method, path, body);
      if (status !== 409 || problem.code !== 'order.not-allowed') throw new Error(`${status} ${JSON.stringify(problem)}`);
      return problem.detail;
    },
  };
};
