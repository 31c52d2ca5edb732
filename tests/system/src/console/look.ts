import type { Page } from 'playwright-core';

/** It is there: its heading stands, and nothing on it is still being loaded. */
export const isThere = async (page: Page): Promise<void> => {
  await page.locator('main h1').first().waitFor();
  await page.locator('main [aria-busy="true"]').first().waitFor({ state: 'detached' });
};
