import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Many pages have dialogs, but none of them begins with one. What such a module needs comes along with it: nothing of one page is for all. */
const onDemand =
  /src\/pages|Modal|Drawer|remove-scroll|ScrollArea|floating-ui|utils\/Floating|TipShown|components\/(?:Alert|Combobox|Popover|Tooltip)/;

const nothing = '\0nothing';

/** Every table of Mantine's brings a way to scroll it, of 5 kB. Those that do are made with `TableScrollContainer` itself. */
const tablesThatDoNotScroll: Plugin = {
  name: 'tables-that-do-not-scroll',
  enforce: 'pre',
  resolveId: (id, importer) => (id.endsWith('/TableScrollContainer.mjs') && importer?.endsWith('/Table.mjs') ? nothing : undefined),
  load: (id) => (id === nothing ? 'export const TableScrollContainer = undefined;' : undefined),
};

/** In development, pages come from Vite and everything else from a console that runs: `npm start`, then `npm run dev`. */
export default defineConfig({
  plugins: [react(), tablesThatDoNotScroll],
  build: {
    outDir: 'dist',
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What most pages use comes in one file: a hundred small ones are asked for six at a time, and compress worse.
        codeSplitting: { groups: [{ name: 'shared', minShareCount: 24, test: (id) => !onDemand.test(id) }] },
      },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:3000', '/audit': 'http://127.0.0.1:3000' } },
});
