import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { AccessConfig } from '@orderbus/access';
import { AmazonGatewayConfig } from '@orderbus/amazon-gateway';
import { BillingConfig } from '@orderbus/billing';
import { ConsoleConfig } from '@orderbus/console';
import { FulfillmentConfig } from '@orderbus/fulfillment';
import { NotificationConfig } from '@orderbus/notification';
import { OrderConfig } from '@orderbus/order';
import { parseConfig } from '@orderbus/service-kit';
import { residents } from '@orderbus/setup';
import { newServerSecrets, newServiceSecrets } from '@orderbus/setup/kubernetes';
import { parse } from 'yaml';
import { services as built } from '../services.ts';
import { environmentOf, mountedSettings, settledFor } from './environment.ts';
import { ofKind } from './manifest.ts';
import { deniesByDefault, mayCall, reachingOut, servedBy } from './network.ts';
import { partitionComplaints } from './partitions.ts';
import { podComplaints, secretComplaints } from './pods.ts';
import { overlays, render, renderWith } from './render.ts';

const configs = {
  'amazon-gateway': AmazonGatewayConfig,
  order: OrderConfig,
  fulfillment: FulfillmentConfig,
  billing: BillingConfig,
  notification: NotificationConfig,
  access: AccessConfig,
  console: ConsoleConfig,
};
const services = Object.keys(configs) as (keyof typeof configs)[];
const secrets = newServiceSecrets({ databaseUrl: 'postgres://postgres-rw:5432/orderbus', brokerUrl: 'amqp://rabbitmq:5672' });

/** 5 seconds before a pod is stopped, and the 25 that a service takes at most. */
const stopSeconds = 5 + 25;

describe.each(overlays)('the overlay %s', (overlay) => {
  const manifests = render(overlay);
  const named = (kind: string): string[] => ofKind(manifests, kind).map(({ metadata }) => metadata.name);
  const deployments = ofKind(manifests, 'Deployment');

  test('runs every service, each with all that belongs to it', () => {
    expect(services.toSorted()).toEqual(residents.map(({ name }) => name).toSorted());
    for (const kind of ['Deployment', 'Service', 'ServiceAccount', 'PodDisruptionBudget', 'NetworkPolicy'])
      expect(named(kind)).toEqual(expect.arrayContaining(services));
    expect(named('Job')).toEqual(expect.arrayContaining(['setup', ...services]));
  });

  test('has pods that are no root, write nowhere, may do nothing that they need not, and are limited and looked after', () => {
    expect(manifests.flatMap(podComplaints)).toEqual([]);
  });

  test('runs every role from one image, which has no program but Node', () => {
    const containers = ofKind(manifests, 'Deployment', 'Job').flatMap(({ spec }) => spec?.template?.spec.containers ?? []);
    expect(containers.length).toBeGreaterThan(services.length);
    expect(new Set(containers.map(({ image }) => image)).size).toBe(1);
    expect(containers.map(({ command }) => command?.[0])).toEqual(containers.map(() => 'node'));
    expect(containers.flatMap(({ lifecycle }) => (lifecycle?.preStop.exec ? lifecycle.preStop.exec.command[0] : []))).toEqual([]);
  });

  test('has no secret where everybody can read it', () => {
    expect(manifests.flatMap(secretComplaints)).toEqual([]);
  });

  test('leaves a service the time that it takes to stop', () => {
    for (const { spec } of deployments) expect(spec?.template?.spec.terminationGracePeriodSeconds).toBeGreaterThan(stopSeconds);
  });

  test.each(services)('protects the pods of %s when nodes are emptied, and no others', (service) => {
    const budget = ofKind(manifests, 'PodDisruptionBudget').find(({ metadata }) => metadata.name === service);
    const deployment = deployments.find(({ metadata }) => metadata.name === service);
    expect(budget?.spec?.selector).toEqual(deployment?.spec?.selector);
    expect(budget?.spec?.selector?.matchLabels).toMatchObject({ 'app.kubernetes.io/name': service });
  });

  test.each(services)('gives %s an environment in which it starts, and names nothing that it does not know', (service) => {
    const environment = environmentOf(manifests, service, secrets);
    expect(() => parseConfig(configs[service], environment)).not.toThrow();
    expect(environment).toMatchObject({ HTTP_HOST: '0.0.0.0', HTTP_PORT: '8080', MIGRATIONS: 'wait' });
    expect(Object.keys(configs[service].shape)).toEqual(expect.arrayContaining(settledFor(manifests, service)));
  });

  test.each(services)('lets %s reach whom it calls, the database and the broker', (service) => {
    const values = Object.values(environmentOf(manifests, service, {})).join(',');
    const called = [...values.matchAll(/http:\/\/([\w-]+):(\d+)/g)].map(([, name = '', port]) => [name, Number(port)] as const);
    for (const [callee, port] of called.filter(([name]) => name !== service))
      expect([callee, mayCall(manifests, service, callee, port)]).toEqual([callee, true]);
    if (overlay === 'local') {
      expect(mayCall(manifests, service, 'postgres', 5432)).toBe(true);
      expect(mayCall(manifests, service, 'rabbitmq', 5672)).toBe(true);
      expect(mayCall(manifests, service, 'rabbitmq', 15_672)).toBe(false);
    }
  });

  test('lets nobody call whom it need not', () => {
    expect(deniesByDefault(manifests)).toBe(true);
    expect(mayCall(manifests, 'billing', 'amazon-gateway', 8080)).toBe(false);
    expect(mayCall(manifests, 'access', 'order', 8080)).toBe(false);
    expect(mayCall(manifests, 'notification', 'order', 8080)).toBe(false);
  });

  test('gives setup what every service is given, each in its own folder', () => {
    const pod = ofKind(manifests, 'Job').find(({ metadata }) => metadata.name === 'setup')?.spec?.template?.spec;
    for (const service of services) {
      expect(pod?.containers[0]?.volumeMounts).toContainEqual(
        expect.objectContaining({ name: service, mountPath: `/run/orderbus/${service}` }),
      );
      expect(pod?.volumes).toContainEqual(
        expect.objectContaining({ name: service, secret: expect.objectContaining({ secretName: service }) }),
      );
    }
  });

  test('opens the pages of access and nothing else of it, and the rest is of the console', () => {
    const access = built.find(({ name }) => name === 'access')?.build();
    for (const { path, tags = [] } of access?.routes ?? []) {
      const isPage = path !== '/' && tags.some((tag) => ['sign-in', 'pages'].includes(tag));
      expect([path, servedBy(manifests, path.replace(/:\w+/g, 'x'))]).toEqual([path, isPage ? 'access' : 'console']);
    }
    for (const path of ['/', '/orders', '/setup/keys', '/api/session', '/assets/index-1.js'])
      expect(servedBy(manifests, path)).toBe('console');
  });
});

describe('to the outside', () => {
  test('only the gateway reaches Amazon, notification its webhooks and mail, and access the provider of identities', () => {
    expect(reachingOut(render('production'))).toEqual({ 'amazon-gateway': [443], notification: [443, 465, 587], access: [443] });
  });

  test('the gateway does not reach anything on one machine, where the sandbox is Amazon', () => {
    expect(reachingOut(render('local'))).not.toHaveProperty('amazon-gateway');
    expect(mayCall(render('local'), 'amazon-gateway', 'amazon-sandbox', 4700)).toBe(true);
  });
});

describe('the overlay production', () => {
  const manifests = render('production');

  test('has two of every service at least, as many as their work needs, and a scaler that an upgrade does not set back', () => {
    const scalers = ofKind(manifests, 'ScaledObject', 'HorizontalPodAutoscaler');
    expect(scalers.map(({ spec }) => spec?.scaleTargetRef?.name).toSorted()).toEqual(services.toSorted());
    for (const { spec } of scalers) expect(spec?.minReplicas ?? spec?.minReplicaCount).toBeGreaterThanOrEqual(2);
    for (const { spec } of ofKind(manifests, 'Deployment')) expect(spec).not.toHaveProperty('replicas');
  });

  test('tells the servers what they are told in Docker', () => {
    const textOf = (path: string): string => readFileSync(new URL(`../../deploy/${path}`, import.meta.url), 'utf8');
    const [broker] = ofKind(manifests, 'RabbitmqCluster');
    expect(broker?.spec?.rabbitmq?.additionalConfig).toBe(textOf('rabbitmq/rabbitmq.conf'));
    expect(broker?.spec?.rabbitmq?.advancedConfig).toBe(textOf('rabbitmq/advanced.config'));
    expect(textOf('rabbitmq/enabled_plugins')).toContain(`,${broker?.spec?.rabbitmq?.additionalPlugins.join()}].`);
    const [database] = ofKind(manifests, 'Cluster');
    const settings = [...textOf('postgres/orderbus.conf').matchAll(/^(\w+) = (.+)$/gm)].map(([, name, value]) => [name, value]);
    const ofThePod = { shared_buffers: '1GB', work_mem: '16MB' };
    expect(database?.spec?.postgresql?.parameters).toEqual({ ...ofThePod, ...Object.fromEntries(settings) });
  });

  test('looks at the outbox of each service that scales with it', () => {
    for (const { metadata, spec } of ofKind(manifests, 'ScaledObject')) {
      const queries = spec?.triggers?.flatMap(({ metadata: { query } }) => query ?? []);
      expect(queries).toEqual([`max(outbox_oldest_age_seconds{service="${metadata.name}"})`]);
    }
  });

  test('gets every Secret of a pod from the vault, or from the operator of its server, and keeps none itself', () => {
    const mounted = ofKind(manifests, 'Deployment', 'Job').flatMap(({ spec }) =>
      (spec?.template?.spec.volumes ?? []).flatMap(({ secret }) => secret?.secretName ?? []),
    );
    const named = ofKind(manifests, 'ExternalSecret').map(({ metadata }) => metadata.name);
    expect(named).toEqual(expect.arrayContaining(mounted));
    expect(ofKind(manifests, 'Secret')).toEqual([]);
  });
});

describe('the overlay local', () => {
  const manifests = render('local');

  test('tells the servers what they are told in Docker, from the same files', () => {
    const settings = (server: string): Record<string, string> => mountedSettings(manifests, server);
    const textOf = (path: string): string => readFileSync(new URL(`../../deploy/${path}`, import.meta.url), 'utf8');
    expect(settings('rabbitmq')).toEqual({
      '/etc/rabbitmq/enabled_plugins': textOf('rabbitmq/enabled_plugins'),
      '/etc/rabbitmq/conf.d/20-orderbus.conf': textOf('rabbitmq/rabbitmq.conf'),
      '/etc/rabbitmq/advanced.config': textOf('rabbitmq/advanced.config'),
    });
    const { '/etc/orderbus/postgresql.conf': read, ...included } = settings('postgres');
    expect(included).toEqual({ '/etc/orderbus/orderbus.conf': textOf('postgres/orderbus.conf') });
    const [container] =
      ofKind(manifests, 'StatefulSet').find(({ metadata }) => metadata.name === 'postgres')?.spec?.template?.spec.containers ?? [];
    expect(container?.args).toEqual(['-c', 'config_file=/etc/orderbus/postgresql.conf']);
    const data = container?.env?.find(({ name }) => name === 'PGDATA')?.value;
    expect(read?.match(/^include .*$/gm)).toEqual([`include '${data}/postgresql.conf'`, "include 'orderbus.conf'"]);
  });

  test('has all that docker-compose.yml has', () => {
    const { services: composed } = parse(readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8'), { merge: true }) as {
      services: object;
    };
    const there = ofKind(manifests, 'Deployment', 'StatefulSet', 'Job').map(({ metadata }) => metadata.name);
    expect(there).toEqual(expect.arrayContaining(Object.keys(composed)));
  });

  test('finds every Secret that a pod reads among those that are printed for it', () => {
    const printed = Object.keys({ ...secrets, ...newServerSecrets() });
    const pods = ofKind(manifests, 'Deployment', 'Job', 'StatefulSet').flatMap(({ spec }) => spec?.template?.spec ?? []);
    const mounted = pods.flatMap(({ volumes = [] }) => volumes.flatMap(({ secret }) => secret?.secretName ?? []));
    const asked = pods.flatMap(({ containers }) =>
      containers.flatMap(({ env = [] }) => env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef?.name ?? [])),
    );
    expect(printed).toEqual(expect.arrayContaining([...mounted, ...asked.filter((name) => !name.startsWith('demo-sellers'))]));
  });
});

describe('queues', () => {
  const four = renderWith('production', 'queues-of-4');

  test('of the overlay production are looked at by the scalers, one for each service or four', async () => {
    expect(await partitionComplaints(render('production'))).toEqual([]);
    expect(await partitionComplaints(four)).toEqual([]);
    const triggers = (manifests: typeof four) => JSON.stringify(ofKind(manifests, 'ScaledObject')).match(/"queueName"/g)?.length;
    expect([triggers(render('production')), triggers(four)]).toEqual([5, 20]);
  });

  test.each<[string, (text: string) => string, string]>([
    [
      'a scaler looks at one of them twice',
      (text) => text.replace('orderbus.order.of4.3', 'orderbus.order.of4.2'),
      'the scaler of order looks at orderbus.order.of4.0,orderbus.order.of4.1,orderbus.order.of4.2,orderbus.order.of4.2, its queues are orderbus.order.of4.0,orderbus.order.of4.1,orderbus.order.of4.2,orderbus.order.of4.3',
    ],
    [
      'a service listens to another number',
      (text) => text.replace('{"name":"QUEUE_PARTITIONS","value":"4"}', '{"name":"QUEUE_PARTITIONS","value":"2"}'),
      'access has QUEUE_PARTITIONS=2, setup 4',
    ],
    [
      'there are more instances than queues',
      (text) => text.replace('"maxReplicaCount":4', '"maxReplicaCount":5'),
      'amazon-gateway has up to 5 instances, and 4 queues',
    ],
  ])('are complained about when %s', async (_, spoil, complaint) => {
    expect(await partitionComplaints(JSON.parse(spoil(JSON.stringify(four))))).toEqual([complaint]);
  });
});

describe('traces', () => {
  const collector = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'observability' } } };
  const opened = (manifests: ReturnType<typeof render>) =>
    ofKind(manifests, 'NetworkPolicy').filter(({ spec }) => JSON.stringify(spec?.egress ?? []).includes('observability'));

  test.each(overlays)('of the overlay %s reach a collector when its component is there, and nothing else', async (overlay) => {
    const manifests = renderWith(overlay, 'traces');
    expect(opened(manifests)).toMatchObject([
      {
        metadata: { name: 'traces' },
        spec: {
          podSelector: { matchLabels: { 'app.kubernetes.io/component': 'server' } },
          egress: [{ to: [collector], ports: [{ port: 4318 }] }],
        },
      },
    ]);
    for (const service of services)
      expect(environmentOf(manifests, service, secrets)).toMatchObject({ OTEL_EXPORTER_OTLP_ENDPOINT: expect.stringMatching(/:4318$/) });
  });

  test.each(overlays)('of the overlay %s go nowhere without it', (overlay) => {
    expect(opened(render(overlay))).toEqual([]);
  });
});
