import type en from './stores.en.ts';

export default { title: 'Konten' } satisfies typeof en;
