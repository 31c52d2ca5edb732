/** How a store's orders come in. */
export interface OrderSettings {
  /** Off: what Amazon shows is kept to be looked at, and never becomes an order. */
  readonly importOrders: boolean;
  /** The shop whose series numbers them, e.g. shared by several stores. Null: the store has a series of its own. */
  readonly shop: string | null;
  /** Whether the orders of a buyer are kept together under an account. */
  readonly customerAccounts: 'guest' | 'account';
  /** Counted by us, or the number that Amazon gave. What has a number keeps it. */
  readonly numberSource: 'own' | 'amazon';
  /** Units are set aside while Amazon still checks the payment. */
  readonly reservePending: boolean;
  /** Null: the default status of the state. */
  readonly newOrderStatus: string | null;
  readonly processingStatus: string | null;
  /** Everything that Amazon lets us ship, marked where stock is missing; or only what [admission.ts](./admission.ts) lets in. */
  readonly admission: 'always' | 'strict';
}

export const defaultSettings: OrderSettings = {
  importOrders: true,
  shop: null,
  customerAccounts: 'guest',
  numberSource: 'own',
  reservePending: false,
  newOrderStatus: null,
  processingStatus: null,
  admission: 'always',
};

/** Who keeps accounts together: a buyer has one per shop, or per store that belongs to none. */
export const accountScopeOf = (tenant: string, { shop }: OrderSettings): string => (shop === null ? `store:${tenant}` : `shop:${shop}`);

/** The series that numbers the orders of a store. */
export const seriesOf = (tenant: string, { shop }: OrderSettings): string => (shop === null ? `order:${tenant}` : `shop:${shop}`);

/** The number as people see it: a store that changes its shop never gives the same one twice. */
export const numberOf = (counted: string, { shop }: OrderSettings): string => (shop === null ? counted : `${shop}-${counted}`);
