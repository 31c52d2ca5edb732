import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const ending = fileURLToPath(new URL('./ending.ts', import.meta.url));

const run = (code: string) => {
  const program = `import { neverInSilence } from ${JSON.stringify(ending)};
const end = neverInSilence((why) => console.log('broken off:', why.split('\\n')[0]));
${code}`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  return { status, said: stdout.trim() };
};

test('a run that comes to nothing says so, whatever it was that ended it', () => {
  expect(run('end(0);')).toEqual({ status: 0, said: '' });
  expect(run('await new Promise(() => {});')).toEqual({ status: 1, said: 'broken off: nothing was left to wait for' });
  expect(run("setTimeout(() => { throw new Error('oh'); });")).toEqual({ status: 1, said: 'broken off: Error: oh' });
  expect(run("Promise.reject(new Error('oh')); await new Promise(() => {});")).toEqual({
    status: 1,
    said: 'broken off: unhandled: Error: oh',
  });
  expect(run("process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 10_000);")).toEqual({ status: 1, said: 'broken off: SIGTERM' });
});
