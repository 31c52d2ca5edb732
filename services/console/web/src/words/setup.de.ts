import type en from './setup.en.ts';

export default {
  title: 'Einrichtung',
  nav: {
    stores: 'Konten',
    rules: 'Alarmregeln',
    webhooks: 'Webhooks',
    people: 'Personen',
    keys: 'API-Schlüssel',
    audit: 'Protokoll',
  },
} satisfies typeof en;
