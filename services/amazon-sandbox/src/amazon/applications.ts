import type { IncludedData } from './included-data.ts';

/** The roles that open buyer data, and those that let an application write to buyers. Which of them a real application holds, its developer profile says. */
export const roles = [
  'direct-to-consumer-delivery',
  'tax-invoicing',
  'tax-remittance',
  'buyer-communication',
  'buyer-solicitation',
] as const;
export type Role = (typeof roles)[number];

export interface Application {
  readonly roles: readonly Role[];
  /** What asking for data without its role leads to: 200 without the data, which is usual, or 403, which some sellers saw. */
  readonly withoutRole: 'hide' | 'forbid';
}

const usual: Application = {
  roles: ['direct-to-consumer-delivery', 'tax-invoicing', 'buyer-communication', 'buyer-solicitation'],
  withoutRole: 'hide',
};

/** The registered applications. Unless told otherwise, they hold what a merchant who ships, invoices and answers needs. */
export class Applications {
  readonly #known = new Map<string, Application>();

  of(clientId: string): Application {
    return this.#known.get(clientId) ?? usual;
  }

  set(clientId: string, application: Application): void {
    this.#known.set(clientId, application);
  }
}

/** Is something asked for that the application may not see, and that is not passed over in silence? */
export const isForbidden = ({ roles: held, withoutRole }: Application, included: ReadonlySet<IncludedData>): boolean =>
  withoutRole === 'forbid' &&
  ((included.has('RECIPIENT') && !held.includes('direct-to-consumer-delivery')) || (included.has('BUYER') && held.length === 0));
