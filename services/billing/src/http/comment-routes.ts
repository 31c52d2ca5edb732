import { Actor } from '@orderbus/contracts';
import { AppError } from '@orderbus/kernel';
import { actorOf, decodeCursor, pageOf, pageQuery, type Route, response, route, toPage } from '@orderbus/service-kit';
import { z } from 'zod';
import { findCreditMemo } from '../store/credit-memo-queries.ts';
import { addComment, type DocumentComment, listComments } from '../store/document-comments.ts';
import { findInvoice } from '../store/invoice-queries.ts';
import type { ActionKit } from './perform.ts';
import { words } from './words.ts';

const CommentView = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  author: Actor,
  text: z.string(),
  notified: z.literal(false).describe('Nothing is ever mailed to a buyer of Amazon'),
});

const Position = z.object({ at: z.string().regex(/^\d{4,}-\d\d-\d\d [\d:.+-]+$/), id: z.uuid() });
const params = z.object({ documentId: z.uuid() });

/** What people wrote on documents. Comments are never changed or taken away. */
export const commentRoutes = (kit: ActionKit): Route[] => [
  ...commentsOf(kit, '/invoices/:documentId/comments', 'invoice.unknown', 'invoices', findInvoice),
  ...commentsOf(kit, '/credit-memos/:documentId/comments', 'credit-memo.unknown', 'credit memos', findCreditMemo),
];

const commentsOf = (
  kit: ActionKit,
  path: `/${string}/:documentId/comments`,
  unknown: string,
  tag: string,
  find: (database: ActionKit['database'], id: string) => Promise<{ readonly tenant: string } | undefined>,
): Route[] => {
  const known = async (documentId: string): Promise<void> => {
    if (!(await find(kit.database, documentId))) throw new AppError('not-found', unknown, { documentId });
  };
  const store = async ({ params: { documentId } }: { readonly params: z.output<typeof params> }) =>
    (await find(kit.database, documentId))?.tenant;
  return [
    route({
      method: 'get',
      path,
      access: { needs: 'read', store },
      summary: 'What was written on it, newest first',
      tags: [tag],
      params,
      query: pageQuery,
      responses: { 200: pageOf(CommentView) },
      handle: async ({ params: { documentId }, query: { cursor, limit } }) => {
        await known(documentId);
        const after = cursor === undefined ? undefined : decodeCursor(cursor, Position);
        const rows = await listComments(kit.database, documentId, after, limit + 1);
        const { items, ...rest } = toPage(rows, limit, ({ position, id }) => ({ at: position, id }));
        return { items: items.map(viewOf), ...rest };
      },
    }),
    route({
      method: 'post',
      path,
      access: { needs: 'bill', store },
      summary: 'Adds a comment',
      tags: [tag],
      params,
      body: z.strictObject({ text: words(4_000) }),
      responses: { 201: CommentView },
      handle: async (input) => {
        const { documentId } = input.params;
        await known(documentId);
        const comment = {
          id: input.requestId,
          documentId,
          text: input.body.text,
          author: actorOf(input),
          at: kit.clock.now().toISOString(),
        };
        await addComment(kit.database, comment);
        return response(201, viewOf(comment));
      },
    }),
  ];
};

const viewOf = ({ id, at, author, text }: DocumentComment): z.output<typeof CommentView> => ({ id, at, author, text, notified: false });
