import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { billing, done } from '../../../api/services.ts';
import { loadWords } from '../../../words/index.ts';
import type { CreditBody, Preview } from './credit.ts';

const typingMs = 250;

const previewQuery = ({ comment: _, confirm: __, ...body }: CreditBody) =>
  queryOptions({
    queryKey: ['billing', '/credit-memos/preview', body] as const,
    queryFn: async ({ signal }): Promise<Preview> => {
      const preview = await done(billing.POST('/credit-memos/preview', { body, signal }));
      if (preview.problems.length > 0) await loadWords('fields');
      return preview;
    },
    placeholderData: keepPreviousData,
  });

export interface CreditPreview {
  readonly preview: Preview | undefined;
  /** The figures are those of a moment ago: newer ones are on their way. */
  readonly isOld: boolean;
  readonly error: Error | null;
}

/** What it would come to as it is typed, by the figures of billing. */
export const useCreditPreview = (body: CreditBody): CreditPreview => {
  const [settled] = useDebouncedValue(JSON.stringify(body), typingMs);
  const { data, isPlaceholderData, error } = useQuery(previewQuery(JSON.parse(settled) as CreditBody));
  return { preview: data, isOld: isPlaceholderData || settled !== JSON.stringify(body), error };
};
