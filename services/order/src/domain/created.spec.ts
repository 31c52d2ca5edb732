import { expect, test } from '@jest/globals';
import { type NewEvent, OrderCreated } from '@orderbus/contracts';
import { about, aSnapshot, seen, surroundings } from '../../test/builders.ts';
import { decide } from './decide.ts';
import { defaultSettings, type OrderSettings } from './settings.ts';

const customerId = '0198c2a4-7000-7000-8000-0000000000d1';

/** What others are told of an order that comes in. */
const told = (settings: Partial<OrderSettings>, accountOf: () => string | undefined = () => customerId) => {
  const stores = { ...surroundings.stores, settingsOf: () => ({ ...defaultSettings, ...settings }) };
  const buyers = { ...surroundings.buyers, accountOf };
  const deliverBy = { from: '2026-03-04T07:00:00Z', to: '2026-03-06T22:59:59Z' };
  const decision = decide(undefined, seen(aSnapshot({ deliverBy, serviceLevel: 'expedited' })), about, { ...surroundings, stores, buyers });
  const [event] = 'events' in decision ? decision.events : [];
  return OrderCreated.schema.parse((event as NewEvent).data);
};

test('whoever hears of an order hears when it should arrive, and what the buyer chose', () => {
  expect(told({})).toMatchObject({
    deliverBy: { from: '2026-03-04T07:00:00.000Z', to: '2026-03-06T22:59:59.000Z' },
    serviceLevel: 'expedited',
  });
});

test('the account of the buyer is told by a store that keeps accounts, and only where there is one', () => {
  expect(told({ customerAccounts: 'account' })).toMatchObject({ customer: 'account', customerId });
  expect(told({ customerAccounts: 'account' }, () => undefined)).not.toHaveProperty('customerId');
  expect(told({})).toMatchObject({ customer: 'guest' });
  expect(told({})).not.toHaveProperty('customerId');
});
