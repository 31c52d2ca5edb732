import type { Actor } from '@orderbus/contracts';
import type { Database } from '@orderbus/outbox';

export interface DocumentComment {
  readonly id: string;
  readonly documentId: string;
  readonly text: string;
  readonly author: Actor;
  readonly at: string;
}

/** The sort key of the list, with the database's microseconds. */
export interface CommentPosition {
  readonly at: string;
  readonly id: string;
}

/** One that is there already stays as it is. */
export const addComment = async (database: Database, { id, documentId, text, author, at }: DocumentComment): Promise<void> => {
  await database.query(
    'insert into document_comment (id, document_id, text, author, written_at) values ($1, $2, $3, $4, $5) on conflict (id) do nothing',
    [id, documentId, text, JSON.stringify(author), at],
  );
};

/** Newest first. */
export const listComments = (
  database: Database,
  documentId: string,
  after: CommentPosition | undefined,
  limit: number,
): Promise<(DocumentComment & { position: string })[]> =>
  database.query(
    `select id, document_id as "documentId", text, author, written_at as at, written_at::text as position from document_comment
     where document_id = $1 and ($2::timestamptz is null or (written_at, id) < ($2::timestamptz, $3::uuid))
     order by written_at desc, id desc limit $4`,
    [documentId, after?.at ?? null, after?.id ?? null, limit],
  );
