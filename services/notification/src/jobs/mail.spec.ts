import { expect, test } from '@jest/globals';
import { samples } from '../domain/samples.ts';
import type { ClaimedDelivery } from '../store/deliveries.ts';
import { loadTemplates } from '../words/templates.ts';
import { composeMail } from './mail.ts';

const templates = loadTemplates();
const delivery: ClaimedDelivery = {
  id: '0198c2a4-0000-7000-8000-000000000001',
  recipient: 'packing@example.com',
  attempts: 1,
  alert: {
    ...{ id: '0198c2a4-0000-7000-8000-000000000002', tenant: 'main', kind: 'order-canceled', severity: 'attention' },
    ...{ data: samples['order-canceled'], raisedAt: '2026-03-01T10:00:00.000Z', resolvedAt: null },
  },
};
const frame = { from: 'orderbus@shop.example.com', consoleUrl: undefined };

test('a mail about an alert has the same message id at every attempt, in the domain of the sender', () => {
  const [first, second] = [composeMail(delivery, frame, templates), composeMail({ ...delivery, attempts: 2 }, frame, templates)];
  expect(first.messageId).toBe('<0198c2a4-0000-7000-8000-000000000001@shop.example.com>');
  expect(second.messageId).toBe(first.messageId);
  expect(first.to).toEqual({ name: '', address: 'packing@example.com' });
});
