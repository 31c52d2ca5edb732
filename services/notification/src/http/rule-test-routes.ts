import { allStores } from '@orderbus/contracts';
import { AppError } from '@orderbus/kernel';
import { named, type Route, route, type ServiceKit, storeParams } from '@orderbus/service-kit';
import { z } from 'zod';
import { alertKinds } from '../domain/alert.ts';
import { deliveriesById } from '../store/delivery-list.ts';
import type { RuleBook } from '../store/rules.ts';
import { planTest } from '../store/test-messages.ts';
import { DeliveryView, viewOfDelivery } from './views.ts';

/** Sends an invented example to whom a rule names, now: whether it arrives is seen at the delivery, and at its recipient. */
export const ruleTestRoutes = ({ database, clock }: ServiceKit, book: RuleBook): readonly Route[] => {
  const send = async (tenant: string, { ruleId, kind }: z.output<typeof body>) => {
    const { rulesOf, rules } = (await book.of(database, [tenant]))(tenant);
    const rule = rules.find(({ id }) => id === ruleId);
    if (!rule) throw new AppError('not-found', 'rule.unknown', { ruleId });
    const [first = 'order-blocked'] = rule.kinds === 'all' ? [] : rule.kinds;
    const ids = await planTest(database, { rulesOf, rule, tenant, kind: kind ?? first, now: clock.now() });
    return { items: (await deliveriesById(database, ids)).map(viewOfDelivery) };
  };
  const body = z.strictObject({
    ruleId: z.uuid(),
    kind: z.enum(alertKinds).optional().describe('An example of which kind: the first one of the rule'),
  });
  const common = { tags: ['rules'], body, responses: { 202: z.object({ items: z.array(DeliveryView) }) } } as const;
  return [
    route({
      ...common,
      method: 'post',
      path: '/rules/tests',
      access: { needs: 'administer', store: 'all' },
      summary: 'Sends a test message to each target of a rule for all stores',
      handle: ({ body }) => send(allStores, body),
    }),
    route({
      ...common,
      method: 'post',
      path: '/rules/:tenant/tests',
      access: { needs: 'administer', store: named('tenant') },
      summary: 'Sends a test message to each target of a rule of this store',
      params: storeParams,
      handle: ({ params, body }) => send(params.tenant, body),
    }),
  ];
};
