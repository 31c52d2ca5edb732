import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type ProcessEnvironment from './environment.ts';
import { bind } from './globals.ts';

const require = createRequire(import.meta.url);
const globalsUrl = new URL('globals.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: globalsUrl, shortCircuit: true } : next(specifier, context),
});

/** How a test file is loaded: by Node itself, which strips the types and keeps what it has loaded for the next file. */
export default class NodeRuntime {
  readonly #environment: ProcessEnvironment;

  constructor(_config: unknown, environment: ProcessEnvironment) {
    this.#environment = environment;
  }

  /** Mocks are for time and chance: there are none for modules. */
  setGlobalsForRuntime(globals: Record<string, unknown>): void {
    const { moduleMocker, fakeTimersModern } = this.#environment;
    const jest = {
      fn: moduleMocker.fn.bind(moduleMocker),
      spyOn: moduleMocker.spyOn.bind(moduleMocker),
      restoreAllMocks: moduleMocker.restoreAllMocks.bind(moduleMocker),
      useFakeTimers: fakeTimersModern.useFakeTimers.bind(fakeTimersModern),
      useRealTimers: fakeTimersModern.useRealTimers.bind(fakeTimersModern),
      advanceTimersByTime: fakeTimersModern.advanceTimersByTime.bind(fakeTimersModern),
    };
    bind({ ...globals, jest });
  }

  async unstable_importModule(path: string): Promise<void> {
    await import(pathToFileURL(path).href);
  }

  unstable_shouldLoadAsEsm(): boolean {
    return true;
  }

  /** jest-circus: a fresh one for each file, since it keeps the file's tests. */
  requireInternalModule(path: string): unknown {
    delete require.cache[path];
    return require(path);
  }

  requireModule(path: string): unknown {
    return require(path);
  }

  getSourceMaps(): null {
    return null;
  }

  getAllCoverageInfoCopy(): void {}
  enterTestCode(): void {}
  leaveTestCode(): void {}
  teardown(): void {}
}
