import { availableParallelism } from 'node:os';

/** One configuration for every test: TypeScript through swc, as ES modules. `npm test` brings the servers along in the environment. */
export default {
  testMatch: ['<rootDir>/{libs,services,deploy,tests,scripts}/**/*.spec.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    ...(process.env.TEST_AMQP_URL ? [] : ['rabbit\\.spec\\.ts$']),
    ...(process.env.TEST_COMPOSE ? [] : ['compose\\.spec\\.ts$']),
  ],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } }],
  },
  testEnvironment: 'node',
  // Most of the time is spent waiting for servers: there is always another test to be run meanwhile.
  maxWorkers: availableParallelism() + 1,
  testTimeout: 60_000,
};
