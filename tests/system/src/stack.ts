import { eventually } from '@orderbus/testkit';
import { told } from './http.ts';
import { type Installation, type ServiceName, serviceNames } from './installation.ts';

const ports: Record<ServiceName, number> = {
  access: 4706,
  'amazon-gateway': 4701,
  order: 4702,
  fulfillment: 4703,
  billing: 4704,
  notification: 4705,
  console: 4707,
};

export const urlIn = (service: ServiceName): string => `http://127.0.0.1:${ports[service]}`;

/** The stack of docker-compose.yml, with what compose.yaml adds. */
export const stack: Installation = {
  sandboxUrl: 'http://127.0.0.1:4700',
  databaseUrl: 'postgres://orderbus:orderbus@127.0.0.1:4732/orderbus',
  urlOf: urlIn,
};

export const everybodyReady = (): Promise<void> =>
  eventually(
    async () => {
      for (const service of serviceNames) await told('GET', `${urlIn(service)}/ready`);
    },
    { withinMs: 120_000, everyMs: 500 },
  );
