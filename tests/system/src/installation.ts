export const serviceNames = ['access', 'amazon-gateway', 'order', 'fulfillment', 'billing', 'notification', 'console'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Whatever runs, in one process or in five. */
export interface Installation {
  readonly sandboxUrl: string;
  /** An administrator's. */
  readonly databaseUrl: string;
  urlOf(service: ServiceName): string;
}
