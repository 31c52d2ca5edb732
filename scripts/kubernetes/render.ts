import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from './manifest.ts';

export const overlays = ['local', 'production'] as const;
export type Overlay = (typeof overlays)[number];

export const components = ['queues-of-4', 'traces'] as const;

const kubernetes = fileURLToPath(new URL('../../deploy/kubernetes', import.meta.url));

const kubectl = (...args: string[]) => spawnSync('kubectl', args, { encoding: 'utf8', maxBuffer: 1 << 26 });

/** Why nothing can be rendered here, if so: the overlays are written for kustomize 5, which kubectl has from 1.27 on. */
export const cannotRender = (): string | undefined => {
  const { error, stdout } = kubectl('version', '--client', '--output=json');
  if (error) return 'kubectl is not installed';
  const kustomize = /"kustomizeVersion": "v(\d+)/.exec(stdout)?.[1] ?? '0';
  return Number(kustomize) < 5 ? 'this kubectl is older than 1.27' : undefined;
};

export const render = (overlay: Overlay): Manifest[] => rendered(join(kubernetes, 'overlays', overlay));

/** An overlay with a component that it does not have by itself. */
export const renderWith = (overlay: Overlay, component: (typeof components)[number]): Manifest[] => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'orderbus-overlay-')));
  const here = (path: string): string => relative(folder, join(kubernetes, path));
  try {
    const kustomization = { resources: [here(`overlays/${overlay}`)], components: [here(`components/${component}`)] };
    writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization));
    return rendered(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const rendered = (folder: string): Manifest[] => {
  const { status, stdout, stderr } = kubectl('kustomize', folder);
  if (status !== 0) throw new Error(`kubectl kustomize ${folder}: ${stderr}`);
  return parseAllDocuments(stdout).map((document) => document.toJS() as Manifest);
};
