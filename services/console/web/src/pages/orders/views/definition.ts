import type { paths } from '../../../api/generated/order.d.ts';
import type { GridLayout } from '../../../ui/grid/layout.ts';
import type { Filters, Sort } from '../orders.ts';

type ViewsAnswer = paths['/views']['get']['responses']['200']['content']['application/json'];

export type NewView = NonNullable<paths['/views']['post']['requestBody']>['content']['application/json'];
export type SavedView = ViewsAnswer['items'][number];
type ViewColumn = SavedView['columns'][number];

/** The columns of the list that a view remembers. */
const viewColumns = [
  'number',
  'amazonOrderId',
  'purchasedAt',
  'tenant',
  'marketplaceId',
  'status',
  'amazonStatus',
  'fulfilledBy',
  'shipToCountry',
  'shipBy',
  'programs',
  'units',
  'total',
  'tags',
  'attention',
  'note',
  'updatedAt',
] as const satisfies readonly ViewColumn[];

const isViewColumn = (id: string): id is (typeof viewColumns)[number] => viewColumns.some((one) => one === id);

/** How the list looks now, as a view; what was searched for is not kept, since that may be a name. */
export const definitionOf = (
  { q: _q, ...filters }: Filters,
  sort: Sort,
  { order, hidden, density }: GridLayout,
): Omit<NewView, 'name'> => ({
  filters,
  sort,
  columns: order.filter((id) => !hidden.includes(id)).filter(isViewColumn),
  density,
});

/** The columns of the view, in its order; those that views know nothing of stay as they are. */
export const layoutOf = ({ columns, density }: Pick<SavedView, 'columns' | 'density'>, { order, hidden }: GridLayout): GridLayout => {
  const shown = columns.filter((id) => order.includes(id));
  const others = order.filter((id) => !shown.some((one) => one === id));
  return { order: [...shown, ...others], hidden: others.filter((id) => isViewColumn(id) || hidden.includes(id)), density };
};

/** Does the list still look as the view says? */
export const isAsSaved = (view: Omit<NewView, 'name'>, now: Omit<NewView, 'name'>): boolean =>
  sameText(view.filters, now.filters) && view.sort === now.sort && view.density === now.density && sameText(view.columns, now.columns);

const sameText = (one: unknown, other: unknown): boolean => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

const sorted = (value: unknown): unknown =>
  Array.isArray(value) || typeof value !== 'object' || value === null
    ? value
    : Object.fromEntries(Object.entries(value).sort(([one], [other]) => one.localeCompare(other)));

/** A view as it was, to be saved again. */
export const contentOf = ({ id: _id, version: _version, ...view }: SavedView): NewView => view;
