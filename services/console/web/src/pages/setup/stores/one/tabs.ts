import type { Store } from '../answers.ts';

export const tabs = ['connection', 'orders', 'skus', 'billing', 'documents'] as const;
export type Tab = (typeof tabs)[number];

export const tabOf = (text: unknown): Tab => tabs.find((tab) => tab === text) ?? 'connection';

/** What every tab is given. */
export interface StoreTabProps {
  readonly store: Store;
}
