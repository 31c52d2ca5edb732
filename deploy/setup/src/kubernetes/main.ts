/** Prints new Secrets for a namespace: `npm run -s kubernetes:secrets | kubectl apply -n orderbus -f -`. See deploy/kubernetes/README.md. */
import { parseArgs } from 'node:util';
import { newServerSecrets, newServiceSecrets } from './new-secrets.ts';

const { values } = parseArgs({
  options: {
    servers: { type: 'boolean', default: false },
    'database-url': { type: 'string', default: 'postgres://postgres-rw.orderbus.svc:5432/orderbus' },
    'broker-url': { type: 'string', default: 'amqp://rabbitmq.orderbus.svc:5672' },
  },
});

const secrets = {
  ...newServiceSecrets({ databaseUrl: values['database-url'], brokerUrl: values['broker-url'] }),
  ...(values.servers ? newServerSecrets() : {}),
};
const items = Object.entries(secrets).map(([name, stringData]) => ({
  ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name, labels: { 'app.kubernetes.io/part-of': 'orderbus' } } },
  stringData,
}));
process.stdout.write(`${JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, undefined, 2)}\n`);
