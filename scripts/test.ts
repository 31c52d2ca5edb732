/** `npm test`: finds or starts the servers, runs jest on them (arguments go to jest), stops what was started. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromiumPath } from '@orderbus/testkit/chromium';
import { prepareServers, stopServers } from '@orderbus/testkit/prepare';
import { cannotRender } from './kubernetes/render.ts';

const jest = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));
// Jest's processes, and the services that tests start, find compiled what one of them has loaded before.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url));

const leaveOut = (what: string, why: string): void => {
  if (process.env.TEST_REQUIRE_BROKER) throw new Error(`TEST_REQUIRE_BROKER is set, and not everything can be tested: ${why}`);
  process.stdout.write(`Left out: ${what}, since ${why}.\n`);
};
if (existsSync(chromiumPath)) process.env.TEST_CHROMIUM = chromiumPath;
else leaveOut('the console in a browser', `there is no Chromium at ${chromiumPath} (CHROMIUM)`);
const why = cannotRender();
if (why === undefined) process.env.TEST_KUBECTL = '1';
else process.stdout.write(`Left out: what the Kubernetes overlays render, since ${why}.\n`);
await prepareServers({ fresh: true });
const child = spawn(process.execPath, [jest, ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl-C reaches jest too, which ends by itself; the servers are stopped after it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
const code = await new Promise<number>((resolve) => child.once('exit', (status) => resolve(status ?? 1)));
await stopServers();
process.exit(code);
