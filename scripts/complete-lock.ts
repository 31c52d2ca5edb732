/**
 * npm leaves packages of other platforms out of the lock file when it cannot get at them, or when it installs over an existing
 * node_modules (npm/cli#4828), and `npm ci` then refuses the whole file. This names them again, from what their parents ask for.
 * `--check` only looks. Run it after `npm install`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Entry {
  version?: string;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  dev?: boolean;
  optionalDependencies?: Record<string, string>;
}

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, Entry> };

const systems: Record<string, string> = { windows: 'win32', win32: 'win32', openharmony: 'openharmony' };
const processors: Record<string, string> = { '64': 'x64', amd64: 'x64', wasm32: 'wasm32' };

/** `@swc/core-linux-arm64-musl` -> linux, arm64, musl. What cannot be read from the name is left open: npm tries, and may fail. */
const platformOf = (name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> => {
  const words = name.split(/[/-]/);
  const os = words.find((word) => /^(linux|darwin|win32|windows|android|freebsd|openharmony)$/.test(word));
  const cpu = words.find((word) => /^(x64|64|amd64|arm64|arm|ia32|ppc64|s390x|riscv64|loong64|wasm32)$/.test(word));
  const libc = words.includes('musl') || words.includes('musleabihf') ? 'musl' : undefined;
  return {
    ...(cpu ? { cpu: [processors[cpu] ?? cpu] } : {}),
    ...(os ? { os: [systems[os] ?? os] } : {}),
    ...(libc ? { libc: [libc] } : {}),
  };
};

/** Looks where Node would look for the package, from its parent upwards. */
const isThere = (parent: string, name: string): boolean => {
  const folders = [parent];
  for (let at = parent.lastIndexOf('/node_modules/'); at >= 0; at = parent.lastIndexOf('/node_modules/', at - 1))
    folders.push(parent.slice(0, at));
  return [...folders.map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`].some((place) => lock.packages[place]);
};

const missing = Object.entries(lock.packages).flatMap(([parent, entry]) =>
  Object.entries(entry.optionalDependencies ?? {})
    .filter(([name]) => !isThere(parent, name))
    .map(([name, version]) => ({ name, version, dev: entry.dev === true })),
);

if (process.argv.includes('--check')) {
  for (const { name, version } of missing) console.error(`package-lock.json lacks ${name} ${version}`);
  if (missing.length > 0) console.error('`npm ci` would refuse it: run `node scripts/complete-lock.ts`');
  process.exit(missing.length > 0 ? 1 : 0);
}

for (const { name, version, dev } of missing) {
  const entry: Entry = { version: version.replace(/^[\^~]/, ''), ...platformOf(name), ...(dev ? { dev } : {}), optional: true };
  lock.packages[`node_modules/${name}`] = entry;
}
const [root, ...rest] = Object.entries(lock.packages);
const sorted = rest.sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries([root, ...sorted] as [string, Entry][]);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${missing.length} packages of other platforms named in package-lock.json`);
