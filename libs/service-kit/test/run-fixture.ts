import { z } from 'zod';
import { loadConfig, port } from '../src/config.ts';
import { every } from '../src/intervals.ts';
import { createLog } from '../src/log.ts';
import type { Part } from '../src/parts.ts';
import { runParts } from '../src/run.ts';

/** A service to be run as a process of its own; what it does wrong is its first argument. */
const fault = process.argv[2] ?? 'none';
const config = loadConfig(z.object({ PORT: port().default(0) }), process.env);

const log = createLog({ service: 'fixture', level: 'debug' });

const part = (name: string): Part => ({
  name,
  async start() {
    if (fault === `${name} does not start`) throw new Error('connection refused by postgres://app:hunter2@db/app');
  },
  async stop() {
    if (fault === `${name} does not stop`) await new Promise(() => undefined);
    if (fault === `${name} stops with an error`) throw new Error('cannot close');
  },
});

// Keeps the process alive, as a server would.
const loop = every(1_000, async () => undefined, { name: 'loop', log });

await runParts([part('database'), part('http'), loop], { log, stopDeadlineMs: config.PORT === 1 ? 50 : 25_000 });

if (fault === 'a rejection') void Promise.reject(new Error('nobody caught me'));
if (fault === 'an exception')
  setImmediate(() => {
    throw new Error('nobody caught me');
  });
