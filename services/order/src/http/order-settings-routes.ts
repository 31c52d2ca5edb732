import type { Database } from '@orderbus/outbox';
import {
  checkIfMatch,
  etagOf,
  HttpError,
  invalidRequest,
  type Route,
  response,
  route,
  type ServiceKit,
  storeParams,
} from '@orderbus/service-kit';
import { z } from 'zod';
import type { State } from '../domain/lifecycle.ts';
import { defaultSettings, type OrderSettings } from '../domain/settings.ts';
import { replaceSettings, settingsOf } from '../store/order-settings.ts';
import { listStatuses } from '../store/statuses.ts';

const statusCode = z.string().max(32).nullable();

const Settings = z.strictObject({
  importOrders: z.boolean().describe('Off: orders are shown with a link to Seller Central, and nothing is done about them'),
  shop: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9]{0,11}$/, 'Expected a letter, then letters or digits, 12 at most')
    .nullable()
    .describe('Begins the numbers of its orders, which are counted together with those of other stores of the same shop'),
  customerAccounts: z
    .enum(['guest', 'account'])
    .describe('`account`: the orders of a buyer are kept together; without an e-mail address, a buyer is a guest'),
  numberSource: z.enum(['own', 'amazon']).describe('What has a number keeps it, until somebody gives it another'),
  reservePending: z.boolean().describe('Sets units aside while Amazon still checks the payment'),
  newOrderStatus: statusCode.describe('A status of the state `new`; null: its default'),
  processingStatus: statusCode.describe('A status of the state `processing`; null: its default'),
  admission: z
    .enum(['always', 'strict'])
    .describe('`always`: a paid order comes in, marked where stock is missing. `strict`: it waits outside until its stock is there'),
}) satisfies z.ZodType<OrderSettings>;

/** How the orders of a store come in. */
export const orderSettingsRoutes = ({ database }: Pick<ServiceKit, 'database'>): Route[] => [
  route({
    method: 'get',
    path: '/order-settings/:tenant',
    summary: "The rules for a store's orders; the usual ones, as long as nobody has settled on others",
    tags: ['import rules'],
    params: storeParams,
    responses: { 200: Settings },
    handle: async ({ params }) => {
      const { settings, version } = await settingsOf(database, params.tenant);
      return response(200, settings, { etag: etagOf(version) });
    },
  }),
  route({
    method: 'put',
    path: '/order-settings/:tenant',
    summary: "Replaces the rules for a store's orders; what is left out becomes what is usual",
    description: 'What waits in this store is looked at again by the new rules. Orders that are in stay as they are.',
    tags: ['import rules'],
    params: storeParams,
    body: Settings.partial(),
    responses: { 200: Settings },
    handle: async ({ params, headers, body }) => {
      const settings = { ...defaultSettings, ...(body as Partial<OrderSettings>) };
      await checkStatuses(database, settings);
      const { version } = await settingsOf(database, params.tenant);
      checkIfMatch(headers, version);
      const kept = await replaceSettings(database, params.tenant, { settings, version });
      if (kept === undefined) throw new HttpError(412, 'precondition.failed', 'It has changed since');
      return response(200, settings, { etag: etagOf(kept.version) });
    },
  }),
];

/** @throws AppError `request.invalid` naming what is no status of the state. */
const checkStatuses = async (database: Database, settings: OrderSettings): Promise<void> => {
  const statuses = await listStatuses(database);
  const wrong = Object.entries(statesOf).filter(
    ([field, state]) =>
      settings[field as SettledStatus] !== null && !statuses.some((s) => s.state === state && s.code === settings[field as SettledStatus]),
  );
  if (wrong.length > 0) throw invalidRequest(wrong.map(([field, state]) => ({ field, message: `Not a status of the state ${state}` })));
};

type SettledStatus = 'newOrderStatus' | 'processingStatus';
const statesOf: Readonly<Record<SettledStatus, State>> = { newOrderStatus: 'new', processingStatus: 'processing' };
