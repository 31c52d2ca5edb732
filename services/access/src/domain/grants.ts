import type { Permission } from '@orderbus/service-kit/permissions';

/** The services that tokens are made for. */
export const audiences = ['amazon-gateway', 'order', 'fulfillment', 'billing', 'notification', 'access', 'console'] as const;
export type Audience = (typeof audiences)[number];

/** What each service may do at each other one. What is not here is refused. */
const grants: Readonly<Record<string, Partial<Record<Audience, readonly Permission[]>>>> = {
  fulfillment: { order: ['read', 'see-buyer-data'] },
  billing: { order: ['read', 'see-buyer-data'] },
  'amazon-gateway': { billing: ['read', 'see-buyer-data'] },
  // The timeline of an order is told by all of them.
  order: { 'amazon-gateway': ['read'], fulfillment: ['read'], billing: ['read'], notification: ['read'] },
  // Hands in its visitors' sessions for tokens of theirs. In its own name it reads the event logs, to build what it shows anew.
  console: {
    ...{ 'amazon-gateway': ['read'], order: ['read'], fulfillment: ['read'], billing: ['read'] },
    ...{ notification: ['read'], access: ['read'] },
  },
  // Fills the shelves of a trial.
  setup: { fulfillment: ['read', 'operate'] },
};

export const grantOf = (service: string, audience: Audience): readonly Permission[] | undefined =>
  Object.hasOwn(grants, service) ? grants[service]?.[audience] : undefined;
