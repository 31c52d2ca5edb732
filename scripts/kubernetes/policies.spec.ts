import { describe, expect, test } from '@jest/globals';
import type { Manifest } from './manifest.ts';
import { deniesByDefault, mayCall, reachingOut } from './network.ts';
import { podComplaints, secretComplaints } from './pods.ts';
import { schemaComplaints } from './schemas.ts';

const probe = { httpGet: { path: '/live', port: 'http' } };
const amounts = { cpu: '100m', memory: '320Mi' };
const goodContainer = {
  ...{ name: 'order', image: 'orderbus:1.0.0', startupProbe: probe, livenessProbe: probe, readinessProbe: probe },
  ...{ resources: { requests: amounts, limits: amounts } },
  securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
};
const goodPod = {
  ...{ automountServiceAccountToken: false, containers: [goodContainer] },
  securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
};
const labels = { name: 'order' };
const deployment = (pod: object): Manifest => ({
  ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'order' } },
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { ...goodPod, ...pod } } },
});
const withContainer = (changes: object): Manifest => deployment({ containers: [{ ...goodContainer, ...changes }] });

describe('a pod', () => {
  test('that keeps all the rules is not complained about', async () => {
    expect(podComplaints(deployment({}))).toEqual([]);
    expect(await schemaComplaints(deployment({}))).toEqual([]);
  });

  test.each([
    ['runs as root', deployment({ securityContext: { ...goodPod.securityContext, runAsUser: 0 } })],
    ['has no seccomp profile', deployment({ securityContext: { runAsNonRoot: true, runAsUser: 1 } })],
    ['gets a token of Kubernetes', deployment({ automountServiceAccountToken: true })],
    ['writes to its file system', withContainer({ securityContext: { ...goodContainer.securityContext, readOnlyRootFilesystem: false } })],
    ['may gain privileges', withContainer({ securityContext: { ...goodContainer.securityContext, allowPrivilegeEscalation: true } })],
    [
      'has capabilities',
      withContainer({ securityContext: { ...goodContainer.securityContext, capabilities: { drop: ['ALL'], add: ['NET_RAW'] } } }),
    ],
    ['has no fixed tag', withContainer({ image: 'orderbus:latest' })],
    ['has no fixed tag', withContainer({ image: 'registry:5000/orderbus' })],
    ['has no request', withContainer({ resources: { limits: amounts } })],
    ['has no limit', withContainer({ resources: { requests: amounts, limits: { cpu: '1' } } })],
    ['lacks a probe', withContainer({ readinessProbe: undefined })],
  ])('is complained about when it %s', (complaint, manifest) => {
    expect(podComplaints(manifest)).toEqual([`Deployment order: ${complaint}`]);
  });
});

describe('a secret', () => {
  const map = (data: Record<string, string>): Manifest => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'order' }, data });

  test.each(['OIDC_CLIENT_SECRET', 'POSTGRES_PASSWORD', 'AMAZON_REFRESH_TOKEN', 'ORDERBUS_KEYS', 'AMAZON_STORES'])(
    '%s is found in a ConfigMap',
    (name) => {
      expect(secretComplaints(map({ [name]: 'x' }))).toEqual([`ConfigMap order: ${name} can be read by everybody`]);
      expect(secretComplaints(withContainer({ env: [{ name, value: 'x' }] }))).toHaveLength(1);
    },
  );

  test('is found in a URL, but the name of its file is none', () => {
    expect(secretComplaints(map({ SMTP_URL: 'smtp://me:mine@mail' }))).toHaveLength(1);
    expect(secretComplaints(map({ ORDERBUS_KEYS_FILE: '/run/keys', ORDER_URL: 'http://order:8080' }))).toEqual([]);
  });
});

describe('a network', () => {
  const policy = (spec: Manifest['spec'], name = 'p'): Manifest => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name },
    ...(spec && { spec }),
  });
  const both = ['Ingress', 'Egress'];
  const pod = (name: string): Manifest => ({
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name } },
    spec: { template: { metadata: { labels: { name } }, spec: { containers: [] } } },
  });
  const is = (name: string) => ({ matchLabels: { name } });

  test('is not closed when one direction is open, some pods are left out, or everything is let', () => {
    expect(deniesByDefault([policy({ podSelector: {}, policyTypes: both })])).toBe(true);
    expect(deniesByDefault([policy({ podSelector: {}, policyTypes: ['Ingress'] })])).toBe(false);
    expect(deniesByDefault([policy({ podSelector: is('a'), policyTypes: both })])).toBe(false);
    expect(deniesByDefault([policy({ podSelector: {}, policyTypes: both, egress: [{}] })])).toBe(false);
  });

  test('lets one call another when both sides are let, at that port', () => {
    const out = policy({ podSelector: is('a'), egress: [{ to: [{ podSelector: is('b') }], ports: [{ port: 80 }] }] });
    const into = policy({ podSelector: is('b'), ingress: [{ from: [{ podSelector: is('a') }], ports: [{ port: 80 }] }] });
    expect(mayCall([pod('a'), pod('b'), out, into], 'a', 'b', 80)).toBe(true);
    expect(mayCall([pod('a'), pod('b'), out, into], 'a', 'b', 81)).toBe(false);
    expect(mayCall([pod('a'), pod('b'), out], 'a', 'b', 80)).toBe(false);
    expect(mayCall([pod('a'), pod('b'), into], 'a', 'b', 80)).toBe(false);
  });

  test('tells who reaches what is outside: by an address, or without saying whom', () => {
    const out = policy({ podSelector: is('a'), egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 443 }] }] });
    const anywhere = policy({ podSelector: is('b'), egress: [{ ports: [{ port: 25 }] }] });
    expect(reachingOut([pod('a'), pod('b'), pod('c'), out, anywhere])).toEqual({ a: [443], b: [25] });
  });
});

describe('a schema', () => {
  test.each([
    ['a value that is none', { resources: { limits: { memory: '3Mii' } } }, 'limits/memory'],
    ['a field that it does not know', { readynessProbe: {} }, '/spec/template/spec/containers/0/readynessProbe is unknown'],
  ])('does not take %s', async (_, changes, complaint) => {
    expect((await schemaComplaints(withContainer(changes))).join()).toContain(complaint);
  });

  test('has to be there', async () => {
    expect(await schemaComplaints({ apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'x' } })).toEqual([
      'Thing x: there is no schema of example.com/v1',
    ]);
  });
});
