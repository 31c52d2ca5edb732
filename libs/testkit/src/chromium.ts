/** Debian's, or another one. */
export const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** What the window around the page would draw, and processes kept ready for pages that never come: half of what Chromium does. */
const unwanted = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'SpareRendererForSitePerProcess', 'RenderDocument'],
  // Playwright names these, too; but Chromium knows only the last list that it is given.
  ...['HttpsUpgrades', 'MediaRouter', 'OptimizationHints', 'PaintHolding'],
];

/** A browser that does nothing but show pages. */
export const chromiumArgs = [
  ...['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  ...['--in-process-gpu', `--disable-features=${unwanted.join(',')}`],
];
