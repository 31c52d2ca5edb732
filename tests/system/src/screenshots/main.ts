/** `npm run screenshots`: every page of the console in both themes, with the sandbox's orders. The best ones go into the documentation. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareServers, stopServers } from '@orderbus/testkit/prepare';
import { decode, encode } from 'fast-png';
import { type Office, openOffice } from '../console/desk.ts';
import { isThere } from '../console/look.ts';
import { routesOf } from '../console/routes.ts';
import { setTheScene } from '../console/scene.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const all = join(root, 'node_modules', '.screenshots');
const best = join(root, 'docs', 'screenshots');
const themes = ['light', 'dark'] as const;

/** What the README shows. */
const shown: Readonly<Record<string, string>> = {
  'light today': 'today.png',
  'light orders': 'orders.png',
  'dark order': 'order.png',
  'dark ship': 'ship.png',
};

const nameOf = (route: string, orderId: string): string =>
  route === '/' ? 'today' : route.slice(1).replace(`orders/${orderId}`, 'order').replaceAll('/', '-');

const take = async (office: Office): Promise<void> => {
  const scene = await setTheScene(office.shop, 120);
  for (const theme of themes) {
    const { page } = await office.sit({ theme });
    await page.setViewportSize({ width: 1_440, height: 820 });
    for (const route of await routesOf(scene)) {
      await page.goto(route, { waitUntil: 'commit' });
      await isThere(page);
      const name = nameOf(route, scene.orderId);
      const picture = await page.screenshot({ path: join(all, `${name}-${theme}.png`) });
      const file = shown[`${theme} ${name}`];
      if (file) await writeFile(join(best, file), packed(picture));
    }
  }
};

/** The same picture in fewer bytes. */
const packed = (png: Buffer): Uint8Array => encode(decode(png), { zlib: { level: 9 } });

await Promise.all([mkdir(all, { recursive: true }), mkdir(best, { recursive: true }), prepareServers()]);
const office = await openOffice();
try {
  await take(office);
  process.stdout.write(`All pages are in ${all}\n`);
} finally {
  await office.close();
  await stopServers();
}
