import { AppError } from '@orderbus/kernel';
import { checkIfMatch, etagOf, noContent, type Route, response, route, type ServiceKit } from '@orderbus/service-kit';
import { z } from 'zod';
import { columnNames } from '../export/columns.ts';
import { addView, findView, listViews, mostViews, removeView, replaceView, type SavedView } from '../store/saved-views.ts';
import { filterShape, sortShape } from './filters.ts';

/** Without `q`: what somebody searches for may be a name, and a view is kept. */
const { q: _, ...filters } = filterShape;

const NewView = z.strictObject({
  name: z.string().trim().min(1).max(80),
  filters: z.strictObject(filters).default({}),
  ...sortShape,
  columns: z.array(z.enum(columnNames)).min(1).max(columnNames.length).describe('From left to right'),
  density: z.enum(['comfortable', 'compact']).default('comfortable'),
});

const View = NewView.extend({ id: z.uuid(), version: z.int() });

const viewId = z.object({ viewId: z.uuid() });

/** How somebody likes to see the list. Everybody has views of his own. */
export const savedViewRoutes = ({ database }: Pick<ServiceKit, 'database'>): Route[] => [
  route({
    method: 'get',
    path: '/views',
    access: { needs: 'read', store: 'shared' },
    summary: 'Your saved views, by name',
    tags: ['views'],
    responses: { 200: z.object({ items: z.array(View).max(mostViews) }) },
    handle: async (input) => ({ items: (await listViews(database, input.caller.id)).map(viewOf) }),
  }),
  route({
    method: 'post',
    path: '/views',
    access: { needs: 'read', store: 'shared' },
    summary: 'Saves a view',
    tags: ['views'],
    body: NewView,
    responses: { 201: View },
    handle: async (input) => {
      const { name, ...definition } = input.body;
      const added = await addView(database, input.caller.id, { id: input.requestId, name, definition });
      if (added === 'too-many') throw new AppError('conflict', 'view.too-many', { most: mostViews });
      if (added === 'name-taken') throw nameTaken(name);
      return response(201, viewOf(added), { location: `/views/${added.id}`, etag: etagOf(added.version) });
    },
  }),
  route({
    method: 'get',
    path: '/views/:viewId',
    access: { needs: 'read', store: 'shared' },
    summary: 'One of your views',
    tags: ['views'],
    params: viewId,
    responses: { 200: View },
    handle: async (input) => {
      const view = found(await findView(database, input.caller.id, input.params.viewId));
      return response(200, viewOf(view), { etag: etagOf(view.version) });
    },
  }),
  route({
    method: 'put',
    path: '/views/:viewId',
    access: { needs: 'read', store: 'shared' },
    summary: 'Replaces one of your views',
    tags: ['views'],
    params: viewId,
    body: NewView,
    responses: { 200: View },
    handle: async (input) => {
      const { name, ...definition } = input.body;
      const owner = input.caller.id;
      const { id, version } = found(await findView(database, owner, input.params.viewId));
      checkIfMatch(input.headers, version);
      const replaced = await replaceView(database, owner, { id, version, name, definition });
      if (replaced === 'name-taken') throw nameTaken(name);
      if (replaced === undefined) throw new AppError('conflict', 'view.changed-meanwhile', { id });
      return response(200, viewOf(replaced), { etag: etagOf(replaced.version) });
    },
  }),
  route({
    method: 'delete',
    path: '/views/:viewId',
    access: { needs: 'read', store: 'shared' },
    summary: 'Takes one of your views away',
    tags: ['views'],
    params: viewId,
    responses: { 204: noContent },
    handle: async (input) => {
      if (!(await removeView(database, input.caller.id, input.params.viewId))) throw unknownView;
    },
  }),
];

const viewOf = ({ definition, ...view }: SavedView): z.output<typeof View> => ({
  ...(definition as Omit<z.output<typeof NewView>, 'name'>),
  ...view,
});

const unknownView = new AppError('not-found', 'view.unknown');

const found = (view: SavedView | undefined): SavedView => {
  if (view === undefined) throw unknownView;
  return view;
};

const nameTaken = (name: string) => new AppError('conflict', 'view.name-taken', { name });
