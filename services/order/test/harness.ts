import { eventsByPublisher } from '@orderbus/contracts';
import { generateKey, keyRing, parseConfig, type Service } from '@orderbus/service-kit';
import { type Harness, serviceHarness } from '@orderbus/testkit';
import { buildOrderApp, OrderConfig, schema } from '../src/app.ts';

/** The keys, as the service's environment has them. */
export const ringText = `test:${generateKey()}`;

/** Seals as the gateway would. */
export const ring = keyRing(ringText);

/** The order service alone; gateway, fulfillment and billing are played by the test. Messages that are too early come again at once. */
export const orderHarness = (environment: Record<string, string> = {}): Promise<Harness<Service>> =>
  serviceHarness({
    schema,
    build: (urls) =>
      buildOrderApp(
        parseConfig(OrderConfig, {
          LOG_LEVEL: 'error',
          RETRY_DELAYS: '50ms,100ms,200ms,400ms,800ms',
          ORDERBUS_KEYS: ringText,
          ...urls,
          ...environment,
        }),
      ),
    capture: eventsByPublisher.order ?? [],
  });
