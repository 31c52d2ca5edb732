/** `npm run build:web`: builds the pages of the console into files, unless they are those of these sources already. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const root = fileURLToPath(new URL('../', import.meta.url));
const webFolder = join(root, 'services', 'console', 'web');

export interface BuildOptions {
  /** Told before it takes its time. */
  readonly onBuild?: () => void;
}

const dist = join(webFolder, 'dist');
const builds = join(webFolder, 'node_modules', '.builds');

/** Answers with the folder of what was built. Of several that want it at once, one builds. */
export const buildWeb = async ({ onBuild }: BuildOptions = {}): Promise<string> => {
  const sources = await hashOfSources();
  const isBuilt = async (): Promise<boolean> => (await readFile(stampOf(dist), 'utf8').catch(() => '')) === sources;
  if (await isBuilt()) return dist;
  onBuild?.();
  const unlock = await lock();
  try {
    if (!(await isBuilt())) await build(sources);
  } finally {
    await unlock();
  }
  return dist;
};

const build = async (sources: string): Promise<void> => {
  const fresh = join(builds, String(process.pid));
  await rm(fresh, { recursive: true, force: true });
  // Only whoever builds needs it, and loading it takes longer than everything else here.
  const { buildPages } = await import('../services/console/web/scripts/build.ts');
  await asInProduction(() => buildPages(fresh));
  await pack(fresh);
  await writeFile(stampOf(fresh), sources);
  await putInPlace(fresh, dist);
};

/** As people get them, also where something says that this is a test: React has another build for that, of twice the size. */
const asInProduction = async (work: () => Promise<void>): Promise<void> => {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    await work();
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
};

/** Waits for whoever is building. One that has died in the middle of it is not waited for. */
const lock = async (): Promise<() => Promise<void>> => {
  const file = join(builds, 'lock');
  await mkdir(builds, { recursive: true });
  for (;;) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(await readFile(file, 'utf8').catch(() => 'gone'));
    if (holder > 0 && !runs(holder)) await rm(file, { force: true });
    await sleep(100);
  }
};

const runs = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const stampOf = (folder: string): string => join(folder, '.sources');

/** Everything that decides about what is built. */
const hashOfSources = async (): Promise<string> => {
  const files = [
    ...(await filesIn(join(webFolder, 'src'))),
    ...(await filesIn(join(webFolder, 'public'))),
    ...(await filesIn(join(webFolder, 'scripts'))),
    ...['index.html', 'vite.config.ts', 'tsconfig.json', 'package.json'].map((name) => join(webFolder, name)),
    ...[join(root, 'package-lock.json'), fileURLToPath(import.meta.url)],
  ];
  const hash = createHash('sha256');
  for (const file of files.sort())
    hash
      .update(`${relative(root, file)}\0`)
      .update(await readFile(file))
      .update('\0');
  return hash.digest('hex');
};

const filesIn = async (folder: string): Promise<string[]> => {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);
const worthPacking = /\.(js|css|svg|json|txt|webmanifest)$/;

/** Packed once, as small as it gets, instead of for each reader. */
const pack = async (folder: string): Promise<void> => {
  for (const file of (await filesIn(folder)).filter((name) => worthPacking.test(name))) {
    const content = await readFile(file);
    await writeFile(`${file}.br`, await brotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }));
    await writeFile(`${file}.gz`, await gzipped(content, { level: 9 }));
  }
};

const putInPlace = async (fresh: string, dist: string): Promise<void> => {
  const old = `${fresh}.old`;
  await rm(old, { recursive: true, force: true });
  await rename(dist, old).catch(() => {});
  try {
    await rename(fresh, dist);
  } catch (error) {
    // Somebody else was first, just now.
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
    await putInPlace(fresh, dist);
  }
  await rm(old, { recursive: true, force: true });
};

if (import.meta.main) {
  const begunAt = performance.now();
  const folder = await buildWeb();
  process.stdout.write(`${relative(process.cwd(), folder)}: ${((performance.now() - begunAt) / 1_000).toFixed(1)} s\n`);
}
