import { describe, expect, test } from '@jest/globals';
import { documentOf, Problem } from './problem.ts';

describe('what a service answers that cannot do it', () => {
  test('is told with the facts that it is about, each as what it is', () => {
    const facts = { tenants: ['eu', 'na'], service: 'billing', most: 500, inner: { canary: true } };
    const errors = [{ field: 'sku', message: 'Unknown' }, 'nonsense'];
    const said = { code: 'order.ambiguous', detail: 'Two have it', correlationId: 'c-1', errors, facts, more: 'nobody asks for it' };
    const document = documentOf(said, 409);
    expect(document).toEqual({
      ...{ status: 409, code: 'order.ambiguous', detail: 'Two have it', correlationId: 'c-1' },
      errors: [{ field: 'sku', message: 'Unknown' }],
      facts,
    });
    const problem = new Problem(document);
    expect([problem.facts('tenants'), problem.fact('service'), problem.fact('most')]).toEqual([['eu', 'na'], 'billing', '500']);
    expect([problem.fact('inner'), problem.fact('tenants'), problem.facts('service'), problem.fact('nothing')]).toEqual([
      ...[undefined, undefined, []],
      undefined,
    ]);
  });

  test.each([undefined, null, 'Bad gateway', [1], { code: 7, errors: 'all', facts: ['x'] }])(
    'is still a problem where something else answers in its place (%#)',
    (answer) => {
      expect(documentOf(answer, 502)).toEqual({ status: 502, code: 'console.unexpected' });
    },
  );
});
