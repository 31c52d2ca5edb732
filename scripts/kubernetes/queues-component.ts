import { readFileSync } from 'node:fs';
import { toYaml } from '@orderbus/service-kit';
import { parseAllDocuments } from 'yaml';
import { type Manifest, ofKind } from './manifest.ts';
import { queuesOf } from './partitions.ts';

const scalingFile = new URL('../../deploy/kubernetes/overlays/production/scaling.yaml', import.meta.url);

/** As many as there are replicas at most: one of each has a queue of its own. */
const partitions = 4;

export const queuesComponentFile = `deploy/kubernetes/components/queues-of-${partitions}/kustomization.yaml`;

/** For overlays that want more than one queue for each service: the setting, and scalers that look at all of them. */
export const queuesComponent = async (): Promise<string> => {
  const scaling = parseAllDocuments(readFileSync(scalingFile, 'utf8')).map((document) => document.toJS() as Manifest);
  const queues = await queuesOf([partitions]);
  return toYaml({
    apiVersion: 'kustomize.config.k8s.io/v1alpha1',
    kind: 'Component',
    patches: [
      { target: { kind: 'Deployment', labelSelector: 'app.kubernetes.io/component=server' }, patch: setting },
      { target: { kind: 'Job', name: 'setup' }, patch: setting },
      ...ofKind(scaling, 'ScaledObject').map((scaler) => patchOf(scaler, queues.get(scaler.metadata.name) ?? [])),
    ],
  });
};

const setting = toYaml([
  { op: 'add', path: '/spec/template/spec/containers/0/env/-', value: { name: 'QUEUE_PARTITIONS', value: String(partitions) } },
]);

/** In the place of the trigger of the one queue one for each. Messages are spread evenly: so is what one more instance is started for. */
const patchOf = ({ metadata: { name }, spec }: Manifest, queues: readonly string[]): object => {
  const index = spec?.triggers?.findIndex(({ type }) => type === 'rabbitmq') ?? -1;
  const whole = spec?.triggers?.[index];
  const each = (queueName: string): object => ({
    ...whole,
    metadata: { ...whole?.metadata, queueName, value: String(Number(whole?.metadata.value) / queues.length) },
  });
  return {
    target: { kind: 'ScaledObject', name },
    patch: toYaml([
      { op: 'remove', path: `/spec/triggers/${index}` },
      ...queues.map((queue) => ({ op: 'add', path: '/spec/triggers/-', value: each(queue) })),
    ]),
  };
};
