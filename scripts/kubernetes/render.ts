import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from './manifest.ts';

export const overlays = ['local', 'production'] as const;
export type Overlay = (typeof overlays)[number];

const folder = (overlay: Overlay): string => fileURLToPath(new URL(`../../deploy/kubernetes/overlays/${overlay}`, import.meta.url));

const kubectl = (...args: string[]) => spawnSync('kubectl', args, { encoding: 'utf8', maxBuffer: 1 << 26 });

/** Why nothing can be rendered here, if so: the overlays are written for kustomize 5, which kubectl has from 1.27 on. */
export const cannotRender = (): string | undefined => {
  const { error, stdout } = kubectl('version', '--client', '--output=json');
  if (error) return 'kubectl is not installed';
  const kustomize = /"kustomizeVersion": "v(\d+)/.exec(stdout)?.[1] ?? '0';
  return Number(kustomize) < 5 ? 'this kubectl is older than 1.27' : undefined;
};

export const render = (overlay: Overlay): Manifest[] => {
  const { status, stdout, stderr } = kubectl('kustomize', folder(overlay));
  if (status !== 0) throw new Error(`kubectl kustomize ${overlay}: ${stderr}`);
  return parseAllDocuments(stdout).map((document) => document.toJS() as Manifest);
};
