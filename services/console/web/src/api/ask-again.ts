import type { Query, QueryClient } from '@tanstack/react-query';

/**
 * Asks these again, as far as they are on the screen. What is under way may have been answered before it happened: it is awaited, and then
 * asked once more. Whatever takes longer than the next event needs is so not begun anew with each.
 */
export const askAgain = async (queries: QueryClient, concerned: (query: Query) => boolean = () => true): Promise<void> => {
  const underWay = queries.getQueryCache().findAll({ predicate: concerned, fetchStatus: 'fetching' });
  const ask = (predicate: (query: Query) => boolean) => queries.invalidateQueries({ predicate }, { cancelRefetch: false });
  await Promise.all([
    ask((query) => concerned(query) && !underWay.includes(query)),
    ...underWay.map(async (query) => {
      await query.promise?.catch(() => {});
      await ask((other) => other === query);
    }),
  ]);
};
