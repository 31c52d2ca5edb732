import fs from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import ProcessEnvironment from '../src/jest/environment.ts';

const config = { fakeTimers: {} } as ConstructorParameters<typeof ProcessEnvironment>[0]['projectConfig'];

describe('the next test file of a process finds', () => {
  test('the environment variables that were there before', async () => {
    process.env.KEPT = 'as it was';
    const file = new ProcessEnvironment({ projectConfig: config });
    process.env.KEPT = 'changed';
    process.env.ADDED = 'by a test';
    await file.teardown();
    expect([process.env.KEPT, process.env.ADDED]).toEqual(['as it was', undefined]);
  });

  test('no spy that was forgotten', async () => {
    const before = fs.writeSync;
    const file = new ProcessEnvironment({ projectConfig: config });
    file.moduleMocker.spyOn(fs, 'writeSync').mockImplementation(() => 0);
    expect(fs.writeSync).not.toBe(before);
    await file.teardown();
    expect(fs.writeSync).toBe(before);
  });

  test('the time going on', async () => {
    const file = new ProcessEnvironment({ projectConfig: config });
    file.fakeTimersModern.useFakeTimers();
    await file.teardown();
    await expect(new Promise((resolve) => setTimeout(resolve, 1, 'it goes on'))).resolves.toBe('it goes on');
  });

  test('the console and the way out of the process that were there before', async () => {
    const before = [globalThis.console, process.exit];
    const file = new ProcessEnvironment({ projectConfig: config });
    globalThis.console = {} as Console;
    process.exit = (() => {}) as never;
    await file.teardown();
    expect([globalThis.console, process.exit]).toEqual(before);
  });
});
