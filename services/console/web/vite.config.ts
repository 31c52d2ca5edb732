import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** In development, pages come from Vite and everything else from a console that runs: `npm start`, then `npm run dev`. */
export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist', target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:3000', '/audit': 'http://127.0.0.1:3000' } },
});
