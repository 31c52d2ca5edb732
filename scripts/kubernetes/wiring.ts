import type { Environment } from '@orderbus/service-kit';
import type { NewSecrets } from '@orderbus/setup/kubernetes';
import { type Container, type Manifest, ofKind, type PodSpec } from './manifest.ts';
import { mayCall } from './network.ts';

type Port = string | number;

const podOf = ({ spec }: Manifest): PodSpec | undefined => spec?.template?.spec;

/** Probes that look, and Services that lead, where nobody listens. `listens`: the port that a program opens with its environment. */
export const portComplaints = (manifests: readonly Manifest[], listens: ReadonlyMap<string, number>): string[] =>
  ofKind(manifests, 'Deployment').flatMap((deployment) => {
    const { name } = deployment.metadata;
    const [container] = podOf(deployment)?.containers ?? [];
    const at = (port: Port | undefined): number | undefined =>
      typeof port === 'number' ? port : container?.ports?.find((one) => one.name === port)?.containerPort;
    const looks: [string, number | undefined][] = [
      ...probesOf(container).map(([probe, port]): [string, number | undefined] => [probe, at(port)]),
      ...(ofKind(manifests, 'Service').find(({ metadata }) => metadata.name === name)?.spec?.ports ?? []).flatMap(
        ({ port, targetPort }): [string, number | undefined][] => [
          ['its Service', at(targetPort ?? port)],
          ['the port of its Service', port],
        ],
      ),
    ];
    const right = listens.get(name);
    return looks.filter(([, port]) => port !== right).map(([what, port]) => `${name} listens at ${right}, ${what} is ${port}`);
  });

const probesOf = ({ startupProbe, livenessProbe, readinessProbe }: Partial<Container> = {}): [string, Port | undefined][] =>
  Object.entries({ startupProbe, livenessProbe, readinessProbe }).map(([name, probe]) => [name, probe?.httpGet?.port]);

/** Variables of a pod that its program does not read, and that no other one is made of. `reads`: by the name of the object. */
export const unreadVariables = (manifests: readonly Manifest[], kind: string, reads: ReadonlyMap<string, readonly string[]>): string[] =>
  ofKind(manifests, kind).flatMap((manifest) => {
    const { name } = manifest.metadata;
    const [container] = podOf(manifest)?.containers ?? [];
    const env = container?.env ?? [];
    const text = JSON.stringify([env.map(({ value = '' }) => value), container?.command ?? []]);
    const known = reads.get(name);
    if (!known) return [];
    return env
      .map((variable) => variable.name)
      .filter(
        (variable) => ![variable, variable.replace(/_FILE$/, '')].some((one) => known.includes(one)) && !text.includes(`$(${variable})`),
      )
      .map((variable) => `${manifest.kind} ${name}: nobody reads ${variable}`);
  });

/** What pods name of Secrets, and what is not in them. `given`: the Secrets that stand nowhere here, by name. */
export const secretReferences = (manifests: readonly Manifest[], given: NewSecrets): string[] =>
  ofKind(manifests, 'Deployment', 'Job', 'StatefulSet').flatMap((manifest) => {
    const pod = podOf(manifest);
    const held = (secret: string): readonly string[] =>
      Object.keys(given[secret] ?? manifests.find(({ kind, metadata }) => kind === 'Secret' && metadata.name === secret)?.data ?? {});
    const folders = new Map((pod?.volumes ?? []).map(({ name, secret }) => [name, secret?.secretName]));
    return (pod?.containers ?? []).flatMap(({ env = [], envFrom = [], volumeMounts = [] }) => {
      const maps = envFrom.flatMap(
        ({ configMapRef }) => manifests.find((one) => one.kind === 'ConfigMap' && one.metadata.name === configMapRef.name) ?? [],
      );
      const values = [...env.map(({ value = '' }) => value), ...maps.flatMap(({ data = {} }) => Object.values(data))];
      const files = volumeMounts.flatMap(({ name, mountPath }): [string, string][] => {
        const secret = folders.get(name);
        return secret === undefined
          ? []
          : values.filter((value) => value.startsWith(`${mountPath}/`)).map((value) => [secret, value.slice(mountPath.length + 1)]);
      });
      const keys = env.flatMap(({ valueFrom }): [string, string][] => {
        const ref = valueFrom?.secretKeyRef;
        return ref ? [[ref.name, ref.key]] : [];
      });
      return [...files, ...keys]
        .filter(([secret, key]) => !held(secret).includes(key))
        .map(([secret, key]) => `${manifest.kind} ${manifest.metadata.name}: there is no ${key} in the Secret ${secret}`);
    });
  });

/** Whom a program calls by what it is told: `host:port`. */
export const calledBy = (environment: Environment): Set<string> =>
  new Set(
    Object.values(environment).flatMap((value = '') =>
      [...value.matchAll(/\w+:\/\/(?:[^@/\s,]*@)?([a-z][\w-]*):(\d+)/g)].map(([, host, port]) => `${host}:${port}`),
    ),
  );

/** Connections that are let and that nobody is told to make; and the other way round. */
export const connectionComplaints = (
  manifests: readonly Manifest[],
  callers: ReadonlyMap<string, ReadonlySet<string>>,
  /** By `host:port`: the name of its pods. */
  callees: ReadonlyMap<string, string>,
): string[] =>
  [...callers].flatMap(([caller, called]) =>
    [...callees]
      .filter(([, pods]) => pods !== caller)
      .flatMap(([address, pods]) => {
        const isLet = mayCall(manifests, caller, pods, Number(address.split(':')[1]));
        if (isLet === called.has(address)) return [];
        return [`${caller} ${isLet ? 'may call' : 'calls'} ${address}, and ${isLet ? 'need not' : 'may not'}`];
      }),
  );
