/** What test files import as `@jest/globals`. The bindings are live: modules that stay loaded follow from one test file to the next. */
export let afterAll: unknown;
export let afterEach: unknown;
export let beforeAll: unknown;
export let beforeEach: unknown;
export let describe: unknown;
export let expect: unknown;
export let jest: unknown;
export let test: unknown;

export const bind = (globals: Record<string, unknown>): void => {
  ({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } = globals);
};
