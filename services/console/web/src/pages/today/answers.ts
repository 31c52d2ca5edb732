import type { operations as Gateway } from '../../api/generated/amazon-gateway.d.ts';
import type { operations as Own } from '../../api/generated/console.d.ts';
import type { operations as Fulfillment } from '../../api/generated/fulfillment.d.ts';
import type { operations as Order } from '../../api/generated/order.d.ts';

type Ok<Operation extends { responses: { 200: { content: { 'application/json': unknown } } } }> =
  Operation['responses'][200]['content']['application/json'];

export type Overview = Ok<Own['getApiOverview']>;
export type Need = Ok<Own['getApiNeeds']>['items'][number];
export type NeedKind = Need['kind'];
export type Store = Ok<Gateway['getStores']>['items'][number];
export type Budget = Ok<Gateway['getStoresByStoreIdBudget']>['items'][number];
export type Sweep = Ok<Gateway['getSweeps']>['items'][number];
export type OrderRow = Ok<Order['getOrders']>['items'][number];
export type ShipBoard = Ok<Fulfillment['getShipBy']>;
