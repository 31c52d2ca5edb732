import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { askAgain } from '../../api/ask-again.ts';
import { onLive } from '../../api/live.ts';
import { own } from '../../api/services.ts';

const gatherMs = 150;

/** A query about one order: it is asked again when something happens to that order, and not with every event of the shop. */
export const about = <Options extends object>(orderId: string, options: Options) => ({ ...options, meta: { live: false, order: orderId } });

/** Has everything that is shown of this order asked again when something happens to it. */
export const useOrderNews = (orderId: string): void => {
  const queries = useQueryClient();
  useEffect(() => {
    let due: number | undefined;
    // Browsers open six connections; what takes its time, because it asks all services, comes last.
    const look = async (): Promise<void> => {
      due = undefined;
      for (const slow of [false, true])
        await askAgain(queries, ({ queryKey, meta }) => meta?.order === orderId && (queryKey[0] === own.name) === slow);
    };
    const end = onLive((event) => {
      if (event.orderId === orderId || event.aggregateId === orderId) due ??= window.setTimeout(() => void look(), gatherMs);
    });
    return () => {
      end();
      clearTimeout(due);
    };
  }, [orderId, queries]);
};
