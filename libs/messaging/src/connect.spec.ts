import { expect, test } from '@jest/globals';
import { connectBroker } from './connect.ts';

test('the scheme of the address chooses the broker, and nothing connects before the start', async () => {
  for (const scheme of ['amqp', 'amqps', 'postgres', 'postgresql']) {
    const broker = connectBroker(`${scheme}://user:secret@127.0.0.1:1/x`, { name: 'spec' });
    expect(broker.healthy).toBe(false);
    await broker.stop();
  }
});

test('another scheme is refused, without quoting the address', () => {
  const connecting = () => connectBroker('redis://user:secret@127.0.0.1', { name: 'spec' });
  expect(connecting).toThrow('broker.unknown-scheme {"scheme":"redis"}');
});
