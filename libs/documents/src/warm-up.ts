import { setTimeout as pause } from 'node:timers/promises';
import type { Part } from '@orderbus/service-kit';
import { renderDocuments } from './documents.ts';
import type { PackingSlip } from './packing-slip.ts';

/** Draws a sheet for nobody, soon after the start: fonts are opened with the first one of a process, and that one should be nobody's. */
export const warmUp = (afterMs = 5_000): Part => {
  const stopping = new AbortController();
  return {
    name: 'document warm-up',
    start: async () => {
      // What is wrong with drawing shows itself to whoever prints.
      void pause(afterMs, undefined, { signal: stopping.signal, ref: false })
        .then(drawOne)
        .catch(() => {});
    },
    stop: async () => stopping.abort(),
  };
};

const slip: PackingSlip = {
  seller: { name: 'Orderbus', address: [] },
  country: 'US',
  orderNumber: '000000000',
  channelOrderId: '000-0000000-0000000',
  orderedAt: '2026-01-01T00:00:00.000Z',
  recipient: { state: 'known', address: { name: 'Nobody', lines: ['No street'], city: 'Nowhere', country: 'US' } },
  lines: [{ sku: 'NOTHING', title: 'Nothing', quantity: 1 }],
  parcels: [],
};

/** How many bytes it came to. */
export const drawOne = async (): Promise<number> => {
  let bytes = 0;
  for await (const chunk of renderDocuments([{ packingSlip: slip }], 'Nothing')) bytes += (chunk as Buffer).length;
  return bytes;
};
