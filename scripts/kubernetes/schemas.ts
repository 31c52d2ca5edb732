import { z } from 'zod';
import type { Manifest } from './manifest.ts';

interface Model {
  validate(): void;
}
type Models = Readonly<Record<string, { readonly prototype: Model }>>;

/** The schemas of each group that is used here. */
const groups: Readonly<Record<string, () => Promise<object>>> = {
  v1: () => import('kubernetes-models/v1'),
  'apps/v1': () => import('kubernetes-models/apps/v1'),
  'autoscaling/v2': () => import('kubernetes-models/autoscaling/v2'),
  'batch/v1': () => import('kubernetes-models/batch/v1'),
  'networking.k8s.io/v1': () => import('kubernetes-models/networking.k8s.io/v1'),
  'policy/v1': () => import('kubernetes-models/policy/v1'),
  'keda.sh/v1alpha1': () => import('@kubernetes-models/keda/keda.sh/v1alpha1'),
  'external-secrets.io/v1': () => import('@kubernetes-models/external-secrets/external-secrets.io/v1'),
  'postgresql.cnpg.io/v1': () => import('@kubernetes-models/cloudnative-pg/postgresql.cnpg.io/v1'),
};

const Resources = z.strictObject({ cpu: z.string(), memory: z.string() });

/** What we say to the RabbitMQ Cluster Operator. No package has its schema. */
const RabbitmqCluster = z.strictObject({
  apiVersion: z.literal('rabbitmq.com/v1beta1'),
  kind: z.literal('RabbitmqCluster'),
  metadata: z.object({ name: z.string() }),
  spec: z.strictObject({
    replicas: z.int().positive(),
    image: z.string(),
    terminationGracePeriodSeconds: z.int().positive(),
    persistence: z.strictObject({ storage: z.string(), storageClassName: z.string().optional() }),
    resources: z.strictObject({ requests: Resources, limits: Resources }),
    rabbitmq: z.strictObject({ additionalPlugins: z.array(z.string()), additionalConfig: z.string(), advancedConfig: z.string() }),
    override: z.strictObject({ statefulSet: z.object({ spec: z.object({ template: z.looseObject({}) }) }) }),
  }),
});

const Endpoint = z.strictObject({
  port: z.string(),
  path: z.string(),
  interval: z.string(),
  params: z.record(z.string(), z.array(z.string())).optional(),
  relabelings: z.array(z.strictObject({ targetLabel: z.string(), replacement: z.string() })),
});

const Named = z.strictObject({ name: z.string(), namespace: z.string(), labels: z.record(z.string(), z.string()) });

/** What we say to the Prometheus operator. No package has its schemas. */
const PodMonitor = z.strictObject({
  apiVersion: z.literal('monitoring.coreos.com/v1'),
  kind: z.literal('PodMonitor'),
  metadata: Named,
  spec: z.strictObject({
    selector: z.strictObject({ matchLabels: z.record(z.string(), z.string()) }),
    podMetricsEndpoints: z.array(Endpoint),
  }),
});

const texts = z.record(z.string(), z.string());

const PrometheusRule = z.strictObject({
  apiVersion: z.literal('monitoring.coreos.com/v1'),
  kind: z.literal('PrometheusRule'),
  metadata: Named,
  spec: z.strictObject({
    groups: z.array(
      z.strictObject({
        name: z.string(),
        interval: z.string().optional(),
        rules: z.array(
          z.union([
            z.strictObject({ record: z.string(), expr: z.string(), labels: texts.optional() }),
            z.strictObject({ alert: z.string(), expr: z.string(), for: z.string().optional(), labels: texts, annotations: texts }),
          ]),
        ),
      }),
    ),
  }),
});

const ownSchemas: Readonly<Record<string, z.ZodType>> = { RabbitmqCluster, PodMonitor, PrometheusRule };

/** What is wrong with an object, by the schema of its kind: values that it does not allow, and fields that it does not know. */
export const schemaComplaints = async (manifest: Manifest): Promise<string[]> => {
  const { apiVersion, kind, metadata } = manifest;
  const told = (complaint: string): string => `${kind} ${metadata?.name}: ${complaint}`;
  const own = ownSchemas[kind];
  if (own) return (own.safeParse(manifest).error?.issues ?? []).map(({ path, message }) => told(`${path.join('/')} ${message}`));
  const models = (await groups[apiVersion]?.()) as Models | undefined;
  const Known = models?.[kind];
  if (!Known) return [told(`there is no schema of ${apiVersion}`)];
  const unread = new Set<string>();
  try {
    // Not of a model that was made of it: that would be a copy, for which everything was read.
    Known.prototype.validate.call(watched(inOneLine(manifest), '', unread));
  } catch (error) {
    return [told((error as Error).message)];
  }
  return [...unread].map((path) => told(`${path} is unknown`));
};

/** Long values of Secrets are broken into lines, which Kubernetes does not mind. */
const inOneLine = (manifest: Manifest): Manifest =>
  manifest.kind === 'Secret'
    ? {
        ...manifest,
        data: Object.fromEntries(Object.entries(manifest.data ?? {}).map(([name, value]) => [name, value.replace(/\s/g, '')])),
      }
    : manifest;

/** The validators ask for each field that they know, and for nothing else: they let unknown ones pass. What nobody asks for stays in `unread`. */
const watched = (value: unknown, path: string, unread: Set<string>): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  const inner: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
  for (const [key, child] of Object.entries(value)) {
    unread.add(`${path}/${key}`);
    Object.assign(inner, { [key]: watched(child, `${path}/${key}`, unread) });
  }
  return new Proxy(inner, {
    get: (target, key, receiver) => {
      if (typeof key === 'string') unread.delete(`${path}/${key}`);
      return Reflect.get(target, key, receiver);
    },
  });
};
