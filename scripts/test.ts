/** `npm test`: finds or starts the servers, runs jest on them (arguments go to jest), stops what was started. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { prepareServers, stopServers } from '@orderbus/testkit/prepare';

const jest = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));
// Jest's processes, and the services that tests start, find compiled what one of them has loaded before.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url));

await prepareServers();
const child = spawn(process.execPath, [jest, ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl-C reaches jest too, which ends by itself; the servers are stopped after it.
process.on('SIGINT', () => {});
const code = await new Promise<number>((resolve) => child.once('exit', (status) => resolve(status ?? 1)));
await stopServers();
process.exit(code);
