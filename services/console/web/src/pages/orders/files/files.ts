import type { paths } from '../../../api/generated/order.d.ts';
import { done, order } from '../../../api/services.ts';
import type { Filters, Sort } from '../orders.ts';

type NewExport = NonNullable<paths['/exports']['post']['requestBody']>['content']['application/json'];

/** How far a file is. */
export type FileState = paths['/exports/{exportId}']['get']['responses']['200']['content']['application/json'];
export type FileColumn = NonNullable<NewExport['columns']>[number];
export type Format = NewExport['format'];

export const formats = ['csv', 'xlsx'] as const satisfies readonly Format[];

export const fileColumns = [
  'number',
  'amazonOrderId',
  'purchasedAt',
  'tenant',
  'marketplaceId',
  'state',
  'status',
  'amazonStatus',
  'fulfilledBy',
  'shipToCountry',
  'shipBy',
  'serviceLevel',
  'programs',
  'skus',
  'titles',
  'units',
  'currency',
  'total',
  'invoiceNumber',
  'tags',
  'attention',
  'note',
  'updatedAt',
] as const satisfies readonly FileColumn[];

/** Files with these are never kept: they are written while somebody waits, and each order is on record. */
export const buyerColumns = [
  'buyerName',
  'company',
  'email',
  'recipientName',
  'addressLine1',
  'addressLine2',
  'addressLine3',
  'city',
  'postalCode',
  'addressState',
  'country',
  'phone',
] as const satisfies readonly FileColumn[];

export const isAboutBuyer = (column: FileColumn): boolean => buyerColumns.some((one) => one === column);

export interface WantedFile {
  readonly filters: Filters;
  readonly sort: Sort;
  readonly columns: readonly FileColumn[];
  readonly format: Format;
}

/** Has it written in the background. Answers with the id of the file. @throws Problem */
export const askFor = async ({ columns, ...wanted }: WantedFile, key: string): Promise<string> => {
  const body = { ...wanted, columns: [...columns] };
  const { id } = await done(order.POST('/exports', { params: { header: { 'Idempotency-Key': key } }, body }));
  return id;
};

export const addressOf = (id: string): string => `${order.baseUrl}/exports/${id}/file`;

/** Written now and handed over, never kept. @throws Problem */
export const download = async ({ filters, sort, columns, format }: WantedFile): Promise<void> => {
  const query = { ...filters, sort, format, columns: [...columns] };
  const file: unknown = await done(order.GET('/orders/export', { params: { query }, parseAs: 'blob' }));
  const url = URL.createObjectURL(file as Blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = `orders.${format}`;
  link.click();
  URL.revokeObjectURL(url);
};
