import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

type Config = ConstructorParameters<typeof ModernFakeTimers>[0]['config'];

/**
 * Where a test file runs: in the process itself, as the product does, not in a context of its own that would load everything anew.
 * What a file changes there is as it was before the next one begins.
 */
export default class ProcessEnvironment {
  readonly global = globalThis;
  readonly moduleMocker = new ModuleMocker(globalThis);
  readonly fakeTimersModern: ModernFakeTimers;
  readonly #before = {
    env: { ...process.env },
    console: globalThis.console,
    exit: process.exit,
    symbols: new Set(Object.getOwnPropertySymbols(globalThis)),
  };

  constructor({ projectConfig }: { readonly projectConfig: Config }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  /** Jest has just put its own stack traces in place, for code that was transformed. Nothing is. */
  async setup(): Promise<void> {
    Error.prepareStackTrace = undefined as never;
  }

  async teardown(): Promise<void> {
    this.fakeTimersModern.dispose();
    this.moduleMocker.restoreAllMocks();
    globalThis.console = this.#before.console;
    process.exit = this.#before.exit;
    for (const name of Object.keys(process.env)) if (!(name in this.#before.env)) delete process.env[name];
    Object.assign(process.env, this.#before.env);
    for (const left of Object.getOwnPropertySymbols(globalThis))
      if (ofCircus(left) && !this.#before.symbols.has(left)) Reflect.deleteProperty(globalThis, left);
  }

  getVmContext(): null {
    return null;
  }
}

/** What jest-circus keeps of a file in the global object: its tests, and who hears of them. */
const ofCircus = ({ description }: symbol): boolean => description === 'JEST_STATE_SYMBOL' || description === 'EVENT_HANDLERS';
