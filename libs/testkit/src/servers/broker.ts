import { provision } from '@orderbus/outbox';
import { testDatabase } from './database.ts';
import { testVhost } from './vhost.ts';

export type BrokerKind = 'rabbit' | 'embedded';

/** The brokers that tests can run on here: the embedded one always, RabbitMQ where there is one. */
export const brokerKinds = (): BrokerKind[] => (process.env.TEST_AMQP_URL ? ['rabbit', 'embedded'] : ['embedded']);

export interface TestBroker {
  readonly kind: BrokerKind;
  readonly url: string;
  readonly managementUrl?: string | undefined;
  drop(): Promise<void>;
}

/** A broker that nobody else uses: RabbitMQ where there is one, unless told otherwise. */
export const testBroker = async (kind: BrokerKind = brokerKinds()[0] as BrokerKind): Promise<TestBroker> => {
  if (kind === 'rabbit') return { kind, ...(await testVhost()) };
  const database = await testDatabase();
  const urls = await provision({
    adminUrl: database.url,
    secret: 'test',
    tenancies: [{ schema: 'broker', role: 'orderbus_broker', audited: false }],
  });
  return { kind, url: urls.broker as string, drop: database.drop };
};
