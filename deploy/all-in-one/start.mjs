// What `npm start` calls on a bare clone: plain JavaScript without dependencies, for any Node from 20 on.
// It installs what is missing and hands over to src/main.ts, on the Node that this project pins.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');

const main = async () => {
  if (!isInstalled()) await install();
  const node = pinnedNode();
  if (!node) {
    fail(
      'The Node that this project pins (node_modules/node) is not there, and this one is older than 24.',
      'Was npm told to ignore scripts? Run: npm ci --ignore-scripts=false',
    );
  }
  // The working directory stays the caller's: a relative --data is relative to it.
  const code = await run(node, [join(here, 'src', 'main.ts'), ...process.argv.slice(2)], process.cwd());
  process.exit(code);
};

/** Is every package of the lockfile there, in its version? Times of files would lie after a checkout or a copy. */
const isInstalled = () => {
  try {
    const wanted = packagesOf(join(root, 'package-lock.json'));
    const found = packagesOf(join(root, 'node_modules', '.package-lock.json'));
    return Object.entries(wanted).every(
      ([path, entry]) => isElsewhere(path, entry) || (found[path]?.version === entry.version && existsSync(join(root, path))),
    );
  } catch {
    return false;
  }
};

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** The project itself, and what is only for other machines. */
const isElsewhere = (path, { optional, devOptional, os, cpu }) => path === '' || Boolean(optional || devOptional || os || cpu);

const install = async () => {
  say('Installing what Orderbus needs into node_modules. The first time this takes a minute or two …');
  const arguments_ = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const cli = npmCli();
  const code = cli ? await run(process.execPath, [cli, ...arguments_], root) : await run('npm', arguments_, root, true);
  if (code !== 0) fail(`npm ci ended with ${code}, so Orderbus cannot start. What npm said stands above; is the network there?`);
};

/** The npm that runs us, else the one beside this Node. Started through Node, so that neither PATH nor spaces matter. */
const npmCli = () => {
  const given = process.env.npm_execpath;
  const beside = dirname(process.execPath);
  const candidates = [
    ...(given && /npm-cli\.c?js$/.test(given) ? [given] : []),
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  return candidates.find((file) => existsSync(file));
};

const pinnedNode = () => {
  const pinned = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(pinned)) return pinned;
  return Number.parseInt(process.versions.node, 10) >= 24 ? process.execPath : undefined;
};

/** Runs a program on our terminal and waits for it, through signals too: it has things to put in order. */
const run = (program, arguments_, cwd, shell = false) =>
  new Promise((resolve) => {
    // The package that brings the pinned Node calls `npm` by name.
    const PATH = [dirname(process.execPath), process.env.PATH].filter(Boolean).join(delimiter);
    const child = spawn(program, arguments_, { cwd, stdio: 'inherit', shell, env: { ...process.env, PATH } });
    const forward = (signal) => {
      // A terminal gives Ctrl-C to the whole group.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    // npm dies of a SIGTERM without passing it on: then this has another parent, and nobody would ever stop the program.
    const parent = process.ppid;
    const orphaned = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    child.once('error', (error) => {
      say(`${program} does not start: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code, signal) => {
      clearInterval(orphaned);
      for (const name of signals) process.off(name, forward);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });

const say = (line) => process.stderr.write(`${line}\n`);

const fail = (...lines) => {
  for (const line of lines) say(line);
  process.exit(1);
};

await main();
