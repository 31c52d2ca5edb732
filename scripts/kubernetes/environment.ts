import { readFileSync } from 'node:fs';
import type { Environment } from '@orderbus/service-kit';
import type { NewSecrets } from '@orderbus/setup/kubernetes';
import { type Manifest, ofKind, type Variable } from './manifest.ts';

/** What the image sets: `ENV NAME=value …`. */
const imageEnvironment = (): Environment => {
  const text = readFileSync(new URL('../../deploy/Dockerfile', import.meta.url), 'utf8');
  return Object.fromEntries(
    [...text.matchAll(/^ENV (.*)$/gm)].flatMap(([, line = '']) =>
      [...line.matchAll(/(\w+)=("[^"]*"|\S+)/g)].map(([, name, value]) => [name, value]),
    ),
  );
};

/** The environment that the Deployment gives its service, with what stands in the files that it names. Complains about those that are not there. */
export const environmentOf = (manifests: readonly Manifest[], service: string, secrets: NewSecrets): Environment => {
  const container = ofKind(manifests, 'Deployment').find(({ metadata }) => metadata.name === service)?.spec?.template?.spec.containers[0];
  const maps = (container?.envFrom ?? []).map(({ configMapRef }) => dataOf(manifests, 'ConfigMap', configMapRef.name));
  const own = (container?.env ?? []).map((variable) => [variable.name, valueFor(manifests, variable)]);
  const given: Environment = Object.assign({}, imageEnvironment(), ...maps, Object.fromEntries(own));
  return Object.fromEntries(Object.entries(given).map(([name, value]) => inFile(name, value, secrets[service] ?? {})));
};

/** What is named in the ConfigMap of a service, without `_FILE`. */
export const settledFor = (manifests: readonly Manifest[], service: string): string[] =>
  ofKind(manifests, 'ConfigMap')
    .filter(({ metadata }) => metadata.name.startsWith(`${service}-`))
    .flatMap(({ data = {} }) => Object.keys(data).map((name) => name.replace(/_FILE$/, '')));

/** What a server finds of ConfigMaps in its file system, by path. */
export const mountedSettings = (manifests: readonly Manifest[], server: string): Record<string, string> => {
  const pod = ofKind(manifests, 'StatefulSet').find(({ metadata }) => metadata.name === server)?.spec?.template?.spec;
  const maps = new Map((pod?.volumes ?? []).map(({ name, configMap }) => [name, configMap?.name]));
  const found = (pod?.containers ?? []).flatMap(({ volumeMounts = [] }) =>
    volumeMounts.flatMap(({ name, mountPath, subPath }) => {
      const files = dataOf(manifests, 'ConfigMap', maps.get(name) ?? '');
      return Object.entries(files).flatMap(([file, text]): [string, string][] => {
        if (subPath === undefined) return [[`${mountPath}/${file}`, text]];
        return subPath === file ? [[mountPath, text]] : [];
      });
    }),
  );
  return Object.fromEntries(found);
};

const dataOf = (manifests: readonly Manifest[], kind: string, name: string): Record<string, string> => ({
  ...manifests.find((each) => each.kind === kind && each.metadata.name === name)?.data,
});

const valueFor = (manifests: readonly Manifest[], { value, valueFrom }: Variable): string | undefined => {
  const { name = '', key = '' } = valueFrom?.secretKeyRef ?? {};
  return value ?? Buffer.from(dataOf(manifests, 'Secret', name)[key] ?? '', 'base64').toString();
};

const inFile = (name: string, value: string | undefined, files: Readonly<Record<string, string>>): [string, string | undefined] => {
  const [, file] = /^\/run\/orderbus\/secrets\/(.*)$/.exec(value ?? '') ?? [];
  return file === undefined ? [name, value] : [name.replace(/_FILE$/, ''), files[file]];
};
