import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { auditPage, type Entry, type Filter, type ServiceName, serviceNames } from './entries.ts';
import { isDry, mergeTails, type Tail, withoutAnswered } from './merge.ts';

interface AuditTail extends Tail<Entry> {
  readonly service: ServiceName;
  readonly error?: unknown;
}

interface AuditPage {
  readonly shown: readonly Entry[];
  readonly tails: readonly AuditTail[];
}

/** Reads on where a log has nothing in hand. One that does not answer ends, and is named. */
const readOn = async (tail: AuditTail, filter: Filter, signal: AbortSignal): Promise<AuditTail> => {
  if (!isDry(tail)) return tail;
  const { service, cursor } = tail;
  try {
    const { items, nextCursor } = await auditPage(service, filter, cursor, signal);
    return { service, held: items.map((entry) => ({ ...entry, service })), cursor: nextCursor, hasEnded: nextCursor === undefined };
  } catch (error) {
    signal.throwIfAborted();
    return { service, held: [], hasEnded: true, error };
  }
};

/** What is on record, of one service or of all, merged by time. */
export const useAudit = (service: ServiceName | undefined, filter: Filter) => {
  const names = service === undefined ? serviceNames : [service];
  const query = useInfiniteQuery<AuditPage, Error, InfiniteData<AuditPage>, readonly unknown[], readonly AuditTail[]>({
    queryKey: ['audit', service, filter],
    queryFn: async ({ pageParam, signal }) => {
      const read = await Promise.all(pageParam.map((tail) => readOn(tail, filter, signal)));
      const { shown, tails } = mergeTails(read);
      return { shown, tails: read.map((tail, index) => ({ ...tail, held: tails[index]?.held ?? [] })) };
    },
    initialPageParam: names.map((name) => ({ service: name, held: [], hasEnded: false })),
    getNextPageParam: ({ tails }) => (tails.some((tail) => isDry(tail) || tail.held.length > 0) ? tails : undefined),
    placeholderData: (before) => before,
    meta: { live: false },
  });
  const pages = query.data?.pages;
  const rows = useMemo(() => {
    const entries = (pages ?? []).flatMap(({ shown }) => shown);
    return filter.outcome === 'asked' ? entries : withoutAnswered(entries);
  }, [pages, filter.outcome]);
  return {
    rows,
    away: [...new Map((pages ?? []).flatMap(({ tails }) => tails).flatMap((tail) => (tail.error ? [[tail.service, tail.error]] : [])))],
    error: query.error,
    refetch: query.refetch,
    waiting: query.isPending,
    more: { has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => query.fetchNextPage() },
  };
};
