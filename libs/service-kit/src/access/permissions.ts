/** What somebody may be allowed to do, in the words in which it is given. */
export const permissions = {
  read: 'See orders, stock, documents and alerts, never the buyer',
  operate: 'Work on orders, parcels, stock, returns and alerts',
  bill: 'Issue invoices, hand them in, comment on documents',
  books: 'See the journal and its balances',
  administer: 'Stores, credentials, settings, rules, webhooks, dead letters, read-only mode',
  'see-buyer-data': 'See buyers in full, on record',
  refund: 'Give money back',
  'manage-access': 'People, API keys, the audit log',
} as const;

export type Permission = keyof typeof permissions;

export const permissionNames = Object.keys(permissions) as [Permission, ...Permission[]];

/** What comes with a role. `see-buyer-data`, `refund` and `manage-access` come with none: they are given one by one. */
export const roles = {
  viewer: ['read'],
  operator: ['read', 'operate', 'bill'],
  accountant: ['read', 'bill', 'books'],
  admin: ['read', 'operate', 'bill', 'books', 'administer'],
} as const satisfies Record<string, readonly Permission[]>;

export type Role = keyof typeof roles;

export const roleNames = Object.keys(roles) as [Role, ...Role[]];

/** Those that no role brings along. */
export const singlePermissions = ['see-buyer-data', 'refund', 'manage-access'] as const satisfies readonly Permission[];
