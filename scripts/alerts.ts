/**
 * `npm run check:alerts`: whether Prometheus takes the configuration and the rules of deploy/prometheus, and whether each alert fires when it
 * should, and only then. Where there is no promtool it says so; with `REQUIRE_PROMTOOL` that is a failure.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promtool, withPromtool } from './monitoring/promtool.ts';

const folder = fileURLToPath(new URL('../deploy/prometheus/', import.meta.url));

await withPromtool(async () => {
  for (const args of [
    ['check', 'config', 'prometheus.yml'],
    ['test', 'rules', ...readdirSync(`${folder}tests`).map((file) => `tests/${file}`)],
  ]) {
    const first = await promtool(folder, ...args);
    // Once in hundreds of runs, on a busy machine, it did not find a series that it had just been given. What is wrong is wrong twice.
    const { ok, words } = first.ok ? first : await promtool(folder, ...args);
    if (!ok) return `promtool ${args.join(' ')}\n${words}`;
    if (!first.ok) process.stdout.write(`The first time it said otherwise:\n${first.words}\n`);
  }
  process.stdout.write('Each alert fires when it should, and only then.\n');
  return undefined;
});
