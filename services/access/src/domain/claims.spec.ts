import { expect, test } from '@jest/globals';
import { readClaimRule, rightsByClaim } from './claims.ts';

test('a claim gives the rights of the first rule that fits, and none without one', () => {
  const rules = ['orderbus it=admin+manage-access+refund', 'warehouse=operator']
    .map((text) => readClaimRule(text))
    .filter((r) => r !== undefined);
  expect(rightsByClaim(['staff', 'warehouse'], rules)).toEqual({ role: 'operator', permissions: [], stores: '*' });
  expect(rightsByClaim(['warehouse', 'orderbus it'], rules)).toMatchObject({ role: 'admin', permissions: ['manage-access', 'refund'] });
  expect(rightsByClaim('warehouse', rules)?.role).toBe('operator');
  for (const none of [undefined, null, [], 'WAREHOUSE', ['warehouses'], { warehouse: true }, 7])
    expect(rightsByClaim(none, rules)).toBeUndefined();
});

test('a rule names a role and single permissions that there are', () => {
  for (const none of ['', 'admin', '=admin', 'it=owner', 'it=admin+read', 'it=admin+', 'it=']) expect(readClaimRule(none)).toBeUndefined();
});
