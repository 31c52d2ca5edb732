/** What looks like a secret and is none, word for word. */
export const allowed: ReadonlySet<string> = new Set([
  // The sandbox's demo sellers.
  'Atzr|demo-na-not-a-secret',
  'Atzr|demo-eu-not-a-secret',
  'Atzr|demo-fe-not-a-secret',
  'amzn1.oa2-cs.v1.demo-na-not-a-secret',
  'amzn1.oa2-cs.v1.demo-eu-not-a-secret',
  'amzn1.oa2-cs.v1.demo-fe-not-a-secret',
  // Made up in tests.
  'Atzr|of-somebody-else',
  'Atzr|canary-refresh',
  'Atza|canary-access-',
  'Atza|canary-access-1',
]);
