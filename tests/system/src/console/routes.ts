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
