import type { Database } from '@orderbus/outbox';
import { invalidRequest, type Route, type ServiceKit, said, storeSettingsRoutes } from '@orderbus/service-kit';
import { z } from 'zod';
import type { State } from '../domain/lifecycle.ts';
import { defaultSettings, type OrderSettings } from '../domain/settings.ts';
import { orderSettings, replaceSettings } from '../store/order-settings.ts';
import { listStatuses } from '../store/statuses.ts';

const statusCode = z.string().max(32).nullable();

const Settings = z.strictObject({
  importOrders: z.boolean().describe('Off: orders are shown with a link to Seller Central, and nothing is done about them'),
  shop: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9]{0,11}$/, said('number.not-prefix', 'Expected a letter, then letters or digits, 12 at most'))
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
export const orderSettingsRoutes = ({ database }: Pick<ServiceKit, 'database'>): Route[] =>
  storeSettingsRoutes(database, {
    path: '/order-settings',
    tag: 'import rules',
    get: { summary: "The rules for a store's orders; the usual ones, as long as nobody has settled on others" },
    put: {
      summary: "Replaces the rules for a store's orders; what is left out becomes what is usual",
      description: 'What waits in this store is looked at again by the new rules. Orders that are in stay as they are.',
    },
    schema: Settings,
    usual: defaultSettings,
    kept: orderSettings,
    check: (settings) => checkStatuses(database, settings),
    replace: replaceSettings,
  });

/** @throws AppError `request.invalid` naming what is no status of the state. */
const checkStatuses = async (database: Database, settings: OrderSettings): Promise<void> => {
  const statuses = await listStatuses(database);
  const wrong = Object.entries(statesOf).filter(
    ([field, state]) =>
      settings[field as SettledStatus] !== null && !statuses.some((s) => s.state === state && s.code === settings[field as SettledStatus]),
  );
  if (wrong.length > 0)
    throw invalidRequest(
      wrong.map(([field, state]) => ({
        field,
        message: `Not a status of the state ${state}`,
        code: 'status.other-state',
        facts: { state },
      })),
    );
};

type SettledStatus = 'newOrderStatus' | 'processingStatus';
const statesOf: Readonly<Record<SettledStatus, State>> = { newOrderStatus: 'new', processingStatus: 'processing' };
