import { describe, expect, test } from '@jest/globals';
import { SandboxEnvironment } from '@orderbus/amazon-sandbox';
import { residents } from '@orderbus/setup';
import { newServerSecrets, newServiceSecrets } from '@orderbus/setup/kubernetes';
import { DemoConfig, SetupConfig } from '@orderbus/setup/settings';
import { environmentOf } from './environment.ts';
import { type Manifest, ofKind } from './manifest.ts';
import { overlays, render } from './render.ts';
import { calledBy, connectionComplaints, portComplaints, secretReferences, unreadVariables } from './wiring.ts';

const secrets = {
  ...newServiceSecrets({ databaseUrl: 'postgres://postgres-rw:5432/orderbus', brokerUrl: 'amqp://rabbitmq:5672' }),
  ...newServerSecrets(),
};
const services = residents.map(({ name }) => name);

/** What programs read, by the name of what runs them. */
const settings = new Map([
  ...residents.map(({ name, config }): [string, string[]] => [name, Object.keys(config.shape)]),
  ['amazon-sandbox', Object.keys(SandboxEnvironment.shape)],
]);
const settingsOfJobs = new Map([
  ...services.map((name): [string, string[]] => [name, ['DATABASE_URL']]),
  ['setup', Object.keys(SetupConfig.shape)],
  ['demo-shelves', Object.keys(DemoConfig.shape)],
]);

describe.each(overlays)('in the overlay %s', (overlay) => {
  const manifests = render(overlay);
  const isThere = (kind: string, name: string): boolean => ofKind(manifests, kind).some(({ metadata }) => metadata.name === name);
  const variablesOf = (kind: string, name: string): Record<string, string> =>
    Object.fromEntries(
      ofKind(manifests, kind)
        .filter(({ metadata }) => metadata.name === name)
        .flatMap(({ spec }) => spec?.template?.spec.containers[0]?.env ?? [])
        .map((variable) => [variable.name, variable.value ?? '']),
    );

  test('probes and Services go to the port at which each program listens', () => {
    const listens = new Map(services.map((name) => [name, Number(environmentOf(manifests, name, secrets).HTTP_PORT)]));
    if (isThere('Deployment', 'amazon-sandbox'))
      listens.set('amazon-sandbox', Number(variablesOf('Deployment', 'amazon-sandbox').SANDBOX_PORT));
    expect(portComplaints(manifests, listens)).toEqual([]);
  });

  test('no pod is given a variable that its program does not read', () => {
    expect([...unreadVariables(manifests, 'Deployment', settings), ...unreadVariables(manifests, 'Job', settingsOfJobs)]).toEqual([]);
  });

  test('every key of a Secret that a pod names is in it', () => {
    expect(secretReferences(manifests, secrets)).toEqual([]);
  });

  test('a service may call whom it is told to call, and nobody else', () => {
    const callers = new Map<string, ReadonlySet<string>>(services.map((name) => [name, calledBy(environmentOf(manifests, name, secrets))]));
    callers.set('setup', calledBy(variablesOf('Job', 'setup')));
    const callees = new Map(services.map((name) => [`${name}:8080`, name]));
    if (overlay === 'local') {
      callers.set('demo-shelves', calledBy(variablesOf('Job', 'demo-shelves')));
      callers.set('amazon-sandbox', new Set());
      for (const [address, pods] of Object.entries(servers)) callees.set(address, pods);
    }
    expect(connectionComplaints(manifests, callers, callees)).toEqual([]);
  });
});

const servers = {
  ...{ 'amazon-sandbox:4700': 'amazon-sandbox', 'postgres-rw:5432': 'postgres' },
  ...{ 'rabbitmq:5672': 'rabbitmq', 'rabbitmq:15672': 'rabbitmq' },
};

describe('it is noticed', () => {
  const container = {
    name: 'a',
    ports: [{ name: 'http', containerPort: 8080 }],
    readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
  };
  const deployment = (changes: object): Manifest => ({
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' } },
    spec: { template: { metadata: { labels: { name: 'a' } }, spec: { containers: [{ ...container, ...changes }] } } },
  });

  test('when a probe looks elsewhere', () => {
    const probes = { livenessProbe: { httpGet: { path: '/live', port: 8081 } }, startupProbe: { httpGet: { path: '/live', port: 'web' } } };
    expect(portComplaints([deployment(probes)], new Map([['a', 8080]]))).toEqual([
      'a listens at 8080, startupProbe is undefined',
      'a listens at 8080, livenessProbe is 8081',
    ]);
  });

  test('when a variable has a name that nobody reads; but not when another one is made of it', () => {
    const env = [
      { name: 'ACESS_URL', value: 'x' },
      { name: 'USER', value: 'x' },
      { name: 'DATABASE_URL', value: 'postgres://$(USER)@h' },
    ];
    expect(unreadVariables([deployment({ env })], 'Deployment', new Map([['a', ['ACCESS_URL', 'DATABASE_URL']]]))).toEqual([
      'Deployment a: nobody reads ACESS_URL',
    ]);
  });

  test('when a key is not in its Secret', () => {
    const env = [
      { name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'password' } } },
      { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'user' } } },
    ];
    expect(secretReferences([deployment({ env })], { s: { user: 'x' } })).toEqual(['Deployment a: there is no password in the Secret s']);
  });

  test('when somebody may call whom he is not told to, or may not call whom he is told to', () => {
    const b: Manifest = {
      ...deployment({}),
      metadata: { name: 'b' },
      spec: { template: { metadata: { labels: { name: 'b' } }, spec: { containers: [] } } },
    };
    const policy = (spec: Manifest['spec']): Manifest => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'p' },
      ...(spec && { spec }),
    });
    const is = (name: string) => ({ podSelector: { matchLabels: { name } } });
    const open = [
      policy({ ...is('a'), egress: [{ to: [is('b')], ports: [{ port: 80 }] }] }),
      policy({ ...is('b'), ingress: [{ from: [is('a')], ports: [{ port: 80 }] }] }),
    ];
    const callees = new Map([['b:80', 'b']]);
    const told = calledBy({ URL: 'amqp://me:mine@b:80,http://10.0.0.1:80' });
    expect(connectionComplaints([deployment({}), b, ...open], new Map([['a', new Set()]]), callees)).toEqual([
      'a may call b:80, and need not',
    ]);
    expect(connectionComplaints([deployment({}), b], new Map([['a', told]]), callees)).toEqual(['a calls b:80, and may not']);
    expect(connectionComplaints([deployment({}), b, ...open], new Map([['a', told]]), callees)).toEqual([]);
  });
});
