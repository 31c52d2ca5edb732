import { expectedTopology } from '@orderbus/messaging';
import { declarations } from '@orderbus/setup';
import { type Manifest, ofKind } from './manifest.ts';

/** Of each service that listens: the queues that its messages come in by, as setup declares them. */
export const queuesOf = async (partitions: readonly number[]): Promise<Map<string, string[]>> => {
  const entries = declarations().filter(({ topics }) => topics.length > 0);
  const found = await Promise.all(
    entries.map(async (declaration): Promise<[string, string[]]> => {
      const { queues } = await expectedTopology([declaration], { partitions });
      return [declaration.queue, queues.map(({ name }) => name).filter((name) => isEntry(name, declaration.queue))];
    }),
  );
  return new Map(found);
};

/** Neither a delay nor what was parked. */
const isEntry = (name: string, service: string): boolean => new RegExp(`^orderbus\\.${service}(\\.of\\d+\\.\\d+)?$`).test(name);

/**
 * Where the number of queues is not the same everywhere; scalers that do not look at all queues that setup declares for their service, or at others;
 * and scalers that start more instances than there are queues, where each queue is of one instance.
 */
export const partitionComplaints = async (manifests: readonly Manifest[]): Promise<string[]> => {
  const [wanted = '1'] = ofKind(manifests, 'Job').flatMap((manifest) => (manifest.metadata.name === 'setup' ? partitionsOf(manifest) : []));
  const partitions = wanted.split(',').map(Number);
  const [current = 1] = partitions;
  const declared = await queuesOf(partitions);
  const services = ofKind(manifests, 'Deployment').filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === 'server');
  const others = services.filter((manifest) => partitionsOf(manifest) !== wanted);
  const scalers = ofKind(manifests, 'ScaledObject', 'HorizontalPodAutoscaler').map(({ kind, spec }) => ({
    of: spec?.scaleTargetRef?.name ?? '',
    most: spec?.maxReplicas ?? spec?.maxReplicaCount ?? 0,
    watched: kind === 'ScaledObject' ? (spec?.triggers ?? []).flatMap(({ metadata }) => metadata.queueName ?? []).join() : undefined,
  }));
  const queues = (service: string): string | undefined => declared.get(service)?.join();
  return [
    ...others.map((manifest) => `${manifest.metadata.name} has QUEUE_PARTITIONS=${partitionsOf(manifest)}, setup ${wanted}`),
    ...scalers
      .filter(({ of, watched }) => watched !== undefined && watched !== queues(of))
      .map(({ of, watched }) => `the scaler of ${of} looks at ${watched}, its queues are ${queues(of)}`),
    ...scalers
      .filter(({ of, most }) => current > 1 && declared.has(of) && most > current)
      .map(({ of, most }) => `${of} has up to ${most} instances, and ${current} queues`),
  ];
};

const partitionsOf = ({ spec }: Manifest): string =>
  spec?.template?.spec.containers[0]?.env?.find(({ name }) => name === 'QUEUE_PARTITIONS')?.value ?? '1';
