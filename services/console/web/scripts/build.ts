import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Builds the pages into a folder, which is emptied before. */
export const buildPages = async (folder: string): Promise<void> => {
  await build({ root: fileURLToPath(new URL('..', import.meta.url)), logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
};
