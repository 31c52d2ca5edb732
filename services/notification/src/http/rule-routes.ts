import { allStores } from '@orderbus/contracts';
import { checkIfMatch, etagOf, HttpError, named, type Route, response, route, type ServiceKit, storeParams } from '@orderbus/service-kit';
import type { RuleBook } from '../store/rules.ts';
import { RuleSetInput, RuleSetView } from './rule-schema.ts';
import { type Means, settleRules, viewOfRules } from './settle-rules.ts';

/** Who is told what. They are replaced as a whole; what is read can be written. */
export const ruleRoutes = ({ database }: ServiceKit, book: RuleBook, means: Means): readonly Route[] => {
  const show = async (tenant: string) => {
    const [{ settings, version }, effective] = await Promise.all([book.settled(database, tenant), book.of(database, [tenant])]);
    return response(200, viewOfRules(effective(tenant).rules, settings.rules === null), { etag: etagOf(version) });
  };
  const settle = async (tenant: string, headers: Parameters<typeof checkIfMatch>[0], inputs: RuleSetInput['rules']) => {
    const { settings: before, version } = await book.settled(database, tenant);
    checkIfMatch(headers, version);
    const effective = await book.of(database, [tenant]);
    // What is inherited, and written back, keeps its ids where they are those of this set.
    const { rules, sealed } = inputs
      ? await settleRules(inputs, before.rules ?? (tenant === allStores ? effective(tenant).rules : []), means)
      : { rules: null, sealed: [] };
    const after = await database.transaction((tx) => book.replace(tx, tenant, { settings: { rules }, version }, sealed));
    if (after === undefined) throw new HttpError(412, 'precondition.failed', 'It has changed since');
    return show(tenant);
  };
  const common = { tags: ['rules'], responses: { 200: RuleSetView } } as const;
  return [
    route({
      ...common,
      method: 'get',
      path: '/rules',
      access: { needs: 'administer', store: 'all' },
      summary: 'Who is told what, of stores that have no rules of their own and of what concerns no single store',
      handle: () => show(allStores),
    }),
    route({
      ...common,
      method: 'put',
      path: '/rules',
      access: { needs: 'administer', store: 'all' },
      summary: 'Settles that; what is gathered for whom they name no longer is dropped',
      body: RuleSetInput,
      handle: ({ headers, body }) => settle(allStores, headers, body.rules),
    }),
    route({
      ...common,
      method: 'get',
      path: '/rules/:tenant',
      access: { needs: 'administer', store: named('tenant') },
      summary: 'Who is told what of this store: by its own rules, or by those for all stores',
      params: storeParams,
      handle: ({ params }) => show(params.tenant),
    }),
    route({
      ...common,
      method: 'put',
      path: '/rules/:tenant',
      access: { needs: 'administer', store: named('tenant') },
      summary: 'Settles that, instead of the rules for all stores',
      params: storeParams,
      body: RuleSetInput,
      handle: ({ params, headers, body }) => settle(params.tenant, headers, body.rules),
    }),
  ];
};
