/**
 * The architecture as rules. kernel <- contracts <- messaging <- outbox <- service-kit <- documents <- services.
 * Each rule was seen to fail once.
 */
const libs = ['kernel', 'contracts', 'messaging', 'outbox', 'service-kit', 'documents'];

/** A library may use those before it, never those after it. */
const layer = (name, index) => ({
  name: `${name}-uses-only-what-is-below`,
  comment: 'kernel <- contracts <- messaging <- outbox <- service-kit <- documents <- services',
  severity: 'error',
  from: { path: `^libs/${name}/src/`, pathNot: '\\.spec\\.ts$' },
  to: { path: [`^libs/(${[...libs.slice(index + 1), 'testkit', 'local-postgres'].join('|')})/`, '^services/', '^deploy/', '^tests/'] },
});

/** A service's, and those of a part of it that has its own. */
const domain = ['^services/[^/]+/src/domain/', '^services/[^/]+/src/[^/]+/domain/'];
const store = ['^services/[^/]+/src/store/', '^services/[^/]+/src/[^/]+/store/'];

module.exports = {
  forbidden: [
    ...libs.map(layer),
    {
      name: 'services-meet-only-in-contracts',
      comment: 'A service never reaches into another one: it hears events and calls HTTP APIs.',
      severity: 'error',
      from: { path: '^services/([^/]+)/src/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'domain-is-pure',
      comment:
        'domain/ imports the kernel, contracts and the table of permissions, and nothing that has state: no database, no clock, no network.',
      severity: 'error',
      from: { path: domain, pathNot: '\\.spec\\.ts$' },
      to: {
        pathNot: [...domain, '^libs/kernel/', '^libs/contracts/', '^libs/service-kit/src/access/permissions\\.ts$', '^util$'],
      },
    },
    {
      name: 'amqplib-in-rabbit-alone',
      severity: 'error',
      from: { pathNot: ['^libs/messaging/src/rabbit/', '^libs/messaging/test/', '^deploy/setup/test/', '^tests/bench/'] },
      to: { path: 'node_modules/amqplib/' },
    },
    {
      name: 'pg-boss-in-embedded-alone',
      severity: 'error',
      from: { pathNot: ['^libs/messaging/src/embedded/', '^libs/messaging/test/'] },
      to: { path: 'node_modules/pg-boss/' },
    },
    {
      name: 'typeorm-in-stores-and-outbox',
      severity: 'error',
      from: { pathNot: ['^libs/outbox/', ...store] },
      to: { path: 'node_modules/typeorm/' },
    },
    {
      name: 'telemetry-sdk-in-one-file',
      comment: 'Everybody else speaks to the API, which is small; where traces are off, the SDK is not even loaded.',
      severity: 'error',
      from: { pathNot: ['^libs/service-kit/src/tracing/sdk\\.ts$'] },
      to: { path: 'node_modules/@opentelemetry/(?!api/)' },
    },
    {
      name: 'telemetry-sdk-when-needed',
      severity: 'error',
      from: {},
      to: { path: '^libs/service-kit/src/tracing/sdk\\.ts$', dependencyTypesNot: ['type-only', 'dynamic-import'], dynamic: false },
    },
    {
      name: 'production-does-not-import-tests',
      severity: 'error',
      from: { path: '^(libs|services|deploy)/[^/]+/src/', pathNot: ['\\.spec\\.ts$', '^libs/testkit/'] },
      to: { path: ['/test/', '\\.spec\\.ts$', '^libs/testkit/', '^tests/'] },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(coverage|\\.turbo|\\.orderbus|web/dist)/' },
    moduleSystems: ['es6', 'cjs'],
    parser: 'swc',
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
