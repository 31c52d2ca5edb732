export default {
  title: 'Setup',
  nav: {
    stores: 'Stores',
    rules: 'Alert rules',
    webhooks: 'Webhooks',
    people: 'People',
    keys: 'API keys',
    audit: 'Audit',
  },
};
