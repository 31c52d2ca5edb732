import { readFileSync } from 'node:fs';
import type { QueuePolicy } from '@orderbus/messaging';

/** What queues are limited to: a file, so that operators find it beside the broker's configuration. */
export const brokerPolicies: readonly QueuePolicy[] = JSON.parse(
  readFileSync(new URL('../../rabbitmq/policies.json', import.meta.url), 'utf8'),
);
