import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What an image has beside packages of npm, as CycloneDX components. */
export interface SystemComponent {
  readonly type: 'library' | 'platform';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
}

/** Node, and the Debian packages whose libraries are in the file system of an image: a paragraph each in `var/lib/dpkg/status.d`. */
export const systemComponents = async (fileSystem: string, node = process.versions.node): Promise<SystemComponent[]> => {
  const folder = join(fileSystem, 'var/lib/dpkg/status.d');
  const paragraphs = await Promise.all((await readdir(folder)).sort().map((name) => readFile(join(folder, name), 'utf8')));
  return [component('platform', 'node', node, `pkg:generic/node@${node}`), ...paragraphs.map(debianPackage)];
};

const debianPackage = (paragraph: string): SystemComponent => {
  const field = (name: string): string => {
    const [, value] = new RegExp(`^${name}: (.+)$`, 'm').exec(paragraph) ?? [];
    if (value === undefined) throw new Error(`A package of Debian without ${name}:\n${paragraph}`);
    return value;
  };
  const [name, version] = [field('Package'), field('Version')];
  return component('library', name, version, `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=${field('Architecture')}`);
};

const component = (type: SystemComponent['type'], name: string, version: string, purl: string): SystemComponent => ({
  ...{ type, 'bom-ref': purl, name, version, purl },
});
