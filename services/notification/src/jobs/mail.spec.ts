import { describe, expect, test } from '@jest/globals';
import type { ClaimedDelivery } from '../store/deliveries.ts';
import { composeMail } from './mail.ts';

const delivery: ClaimedDelivery = {
  id: '0198c2a4-0000-7000-8000-000000000001',
  recipient: 'packing@example.com',
  attempts: 1,
  alertId: '0198c2a4-0000-7000-8000-000000000002',
  title: 'Order 000000012 (114-1234567-1234567) is blocked: SKU-7 is out of stock',
  text: 'Order 000000012 waits.',
  raisedAt: '2026-03-01T10:00:00.000Z',
  resolvedAt: null,
};
const frame = { from: 'orderbus@shop.example.com', consoleUrl: undefined };

describe('the mail about an alert', () => {
  test('has its title as the subject and its text as the text', () => {
    const mail = composeMail(delivery, frame);
    expect(mail.subject).toBe(delivery.title);
    expect(mail.text).toBe('Order 000000012 waits.\n');
    expect(mail.to).toEqual({ name: '', address: 'packing@example.com' });
  });

  test('has the same message id at every attempt, in the domain of the sender', () => {
    const [first, second] = [composeMail(delivery, frame), composeMail({ ...delivery, attempts: 2 }, frame)];
    expect(first.messageId).toBe('<0198c2a4-0000-7000-8000-000000000001@shop.example.com>');
    expect(second.messageId).toBe(first.messageId);
  });

  test.each(['https://console.example.com', 'https://console.example.com/'])('links to the alert in the console at %s', (consoleUrl) => {
    expect(composeMail(delivery, { ...frame, consoleUrl }).text).toContain(
      '\nhttps://console.example.com/alerts/0198c2a4-0000-7000-8000-000000000002\n',
    );
  });

  test('says so when the alert has been resolved before it could be sent', () => {
    const mail = composeMail({ ...delivery, resolvedAt: '2026-03-01T11:00:00.000Z' }, frame);
    expect(mail.subject).toMatch(/^Resolved: Order 000000012/);
    expect(mail.text).toContain('Meanwhile resolved, at 2026-03-01T11:00:00.000Z');
  });
});
