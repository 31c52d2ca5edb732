import { readFile } from 'node:fs/promises';
import type { Scene } from './scene.ts';

const router = new URL('../../../../services/console/web/src/router.tsx', import.meta.url);

/** Every address of the console, as its table of contents has them. */
export const routesOf = async ({ orderId, storeId }: Scene): Promise<string[]> =>
  [...(await readFile(router, 'utf8')).matchAll(/^ {2}page\('([^']+)'/gm)].map(([, path = '']) =>
    path.replace('$orderId', orderId).replace('$storeId', storeId),
  );

/** The tabs of an order have no address of their own in that table. */
export const tabsOf = ({ orderId }: Scene): string[] =>
  ['items', 'shipments', 'money', 'notes', 'contact', 'timeline', 'raw'].map((tab) => `/orders/${orderId}?tab=${tab}`);

/** Where what Amazon calls its programs is shown, in whatever order a list has its lines otherwise. */
export const programsOf = ({ programsId, marketplaceOfPrograms }: Scene): string[] => [
  `/orders/${programsId}`,
  `/orders/${programsId}?tab=items`,
  `/orders?marketplace=${marketplaceOfPrograms}`,
  `/ship?marketplace=${marketplaceOfPrograms}`,
];

/** What can be done to an order, each asked in a dialog of its own. */
export const dialogsOf = ({ orderId, heldId, blockedId }: Scene): string[] => [
  ...['credit-memo', 'return', 'comment', 'print', 'note', 'tags'].map((id) => `/orders/${orderId}?do=${id}`),
  ...['release', 'cancel', 'address', 'invoice', 'status'].map((id) => `/orders/${heldId}?do=${id}`),
  ...['hold', 'retry', 'admit'].map((id) => `/orders/${blockedId}?do=${id}`),
];
