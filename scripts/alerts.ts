/**
 * `npm run check:alerts`: whether Prometheus takes the configuration and the rules of deploy/prometheus, and whether each alert fires when it
 * should, and only then. Where there is no promtool it says so; with `REQUIRE_PROMTOOL` that is a failure.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../deploy/prometheus/', import.meta.url));
const filesIn = (name: string): string[] => readdirSync(`${folder}${name}`).map((file) => `${name}/${file}`);

const promtool = (...args: string[]) => spawnSync('promtool', args, { cwd: folder, encoding: 'utf8' });

const fail = (text: string): void => {
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
};

if (promtool('--version').error) {
  const missing =
    'promtool is not installed: the alerts of deploy/prometheus are not checked here. It is part of the Debian package prometheus.';
  if (process.env.REQUIRE_PROMTOOL) fail(missing);
  else process.stdout.write(`${missing}\n`);
} else {
  for (const args of [
    ['check', 'config', 'prometheus.yml'],
    ['test', 'rules', ...filesIn('tests')],
  ]) {
    const { status, stdout, stderr } = promtool(...args);
    if (status !== 0) fail(`promtool ${args.join(' ')}\n${stdout}${stderr}`);
  }
  if (!process.exitCode) process.stdout.write('Each alert fires when it should, and only then.\n');
}
