/** `npm test`: finds or starts the servers, runs jest on them (arguments go to jest), stops what was started. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { prepareServers, stopServers } from '@orderbus/testkit/prepare';

const modules = new URL('../node_modules/', import.meta.url);
const jest = fileURLToPath(new URL('jest/bin/jest.js', modules));
// Jest's processes, and the services that tests start, find compiled what one of them has loaded before.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('.cache/compiled', modules));

await prepareServers();
const child = spawn(process.execPath, [jest, ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl-C reaches jest too, which ends by itself; the servers are stopped after it.
process.on('SIGINT', () => {});
const code = await new Promise<number>((resolve) => child.once('exit', (status) => resolve(status ?? 1)));
await stopServers();
process.exit(code);
