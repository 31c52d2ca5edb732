import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Many pages have dialogs, but none of them begins with one. */
const onDemand = /Modal|Drawer|remove-scroll|ScrollArea|components\/(?:Alert|Combobox)/;

/** In development, pages come from Vite and everything else from a console that runs: `npm start`, then `npm run dev`. */
export default defineConfig({
  plugins: [react()],
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
