import type { operations as Gateway } from '../../../api/generated/amazon-gateway.d.ts';
import type { operations as Billing } from '../../../api/generated/billing.d.ts';
import type { operations as Own } from '../../../api/generated/console.d.ts';
import type { operations as Fulfillment } from '../../../api/generated/fulfillment.d.ts';
import type { operations as Order } from '../../../api/generated/order.d.ts';

type Answer<Operation extends { responses: { 200: { content: { 'application/json': unknown } } } }> =
  Operation['responses'][200]['content']['application/json'];

export type Store = Answer<Gateway['getStores']>['items'][number];
export type Trial = Answer<Gateway['postStoresTest']>;
export type OrderSettings = Answer<Order['getOrderSettingsByTenant']>;
export type OrderStatus = Answer<Order['getStatuses']>['items'][number];
export type BillingSettings = Answer<Billing['getBillingSettingsByTenant']>;
export type DocumentSettings = Answer<Fulfillment['getDocumentSettingsByTenant']>;
export type SandboxSeller = Answer<Own['getApiSandboxSellers']>['sellers'][number];
