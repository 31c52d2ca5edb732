import { type InfiniteData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

interface ListPage {
  readonly items: readonly unknown[];
  readonly nextCursor?: string | undefined;
}

interface PageQuery {
  readonly queryKey: QueryKey;
  readonly queryFn?: unknown;
}

/** What the query of a page answers with. */
type AnswerOf<Query extends PageQuery> =
  Extract<NonNullable<Query['queryFn']>, (context: never) => unknown> extends (context: never) => infer Answer
    ? Extract<Awaited<Answer>, ListPage>
    : never;

/**
 * A list that comes page by page: `useList((cursor) => gateway.read('/errors', { params: { query: { ...filter, cursor } } }))`. Answers with
 * what `DataGrid` wants.
 */
export const useList = <Query extends PageQuery>(pageAt: (cursor: string | undefined) => Query) => {
  type Answer = AnswerOf<Query>;
  const query = useInfiniteQuery<Answer, Error, InfiniteData<Answer>, QueryKey, string | undefined>({
    queryKey: [...pageAt(undefined).queryKey, 'list'],
    queryFn: ({ pageParam, signal }) =>
      (pageAt(pageParam).queryFn as (context: { readonly signal: AbortSignal }) => Promise<Answer>)({ signal }),
    initialPageParam: undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: (before) => before,
  });
  const rows = useMemo(() => (query.data?.pages ?? []).flatMap(({ items }) => items as Answer['items'][number][]), [query.data]);
  return {
    rows,
    error: query.error,
    refetch: query.refetch,
    waiting: query.isPending,
    more: { has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => query.fetchNextPage() },
  };
};
