import { availableParallelism } from 'node:os';

/** One configuration for every test. Node loads the files, as it does the product's. `npm test` brings the servers along in the environment. */
export default {
  testMatch: ['<rootDir>/{libs,services,deploy,tests,scripts}/**/*.spec.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    ...(process.env.TEST_AMQP_URL ? [] : ['rabbit\\.spec\\.ts$']),
    ...(process.env.TEST_CHROMIUM ? [] : ['browser\\.spec\\.ts$']),
    ...(process.env.TEST_KUBECTL ? [] : ['kubectl\\.spec\\.ts$']),
    ...(process.env.TEST_UPGRADE ? [] : ['system/src/upgrade\\.spec\\.ts$']),
    ...(process.env.TEST_COMPOSE ? [] : ['compose\\.spec\\.ts$']),
  ],
  testEnvironment: '<rootDir>/libs/testkit/src/jest/environment.ts',
  runtime: '<rootDir>/libs/testkit/src/jest/runtime.ts',
  testSequencer: '<rootDir>/libs/testkit/src/jest/sequencer.mjs',
  transform: {},
  injectGlobals: false,
  // Most of the time is spent waiting for servers: there is always another test to be run meanwhile.
  maxWorkers: availableParallelism() + 1,
  // A test waits for conditions, each with its own deadline: this one is for a machine that has become slow.
  testTimeout: 180_000,
};
