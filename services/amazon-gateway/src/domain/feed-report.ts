import type { ToldRefusal } from '@orderbus/contracts';

/** What Amazon says about one message of a feed. Messages without a result were taken. */
export interface MessageResult {
  /** 0: about the document as a whole. */
  readonly messageId: number;
  readonly kind: 'error' | 'warning';
  readonly code: string;
  readonly words: string;
}

export interface ProcessingReport {
  /** False: Amazon rejected the document, or is not through with it. */
  readonly complete: boolean;
  readonly processed: number;
  readonly successful: number;
  readonly withError: number;
  readonly withWarning: number;
  readonly results: readonly MessageResult[];
}

/** How one message fared. */
export type Verdict =
  | { readonly verdict: 'accepted'; readonly words?: string }
  | { readonly verdict: 'refused'; readonly code: string; readonly words: string }
  | ({ readonly verdict: 'unknown' } & ToldRefusal);

/**
 * The verdict on each of the messages 1 to `count`, at index `messageId - 1`. Silence counts as a yes only when Amazon's own numbers say
 * that it has worked through all of them, and found fault with no others than those it names.
 */
export const verdictsOf = (report: ProcessingReport, count: number): Verdict[] => {
  const byMessage = Map.groupBy(report.results, ({ messageId }) => messageId);
  const document = byMessage.get(0)?.find(({ kind }) => kind === 'error');
  const silence = verdictOnSilence(report, count, document);
  return Array.from({ length: count }, (_, n): Verdict => {
    const results = byMessage.get(n + 1) ?? [];
    const errors = results.filter(({ kind }) => kind === 'error');
    const [first] = errors;
    if (first) return { verdict: 'refused', code: first.code, words: wordsOf(errors) };
    if (silence.verdict === 'accepted' && results.length > 0) return { verdict: 'accepted', words: wordsOf(results) };
    return silence;
  });
};

const verdictOnSilence = (report: ProcessingReport, count: number, document: MessageResult | undefined): Verdict => {
  const { complete, processed, successful, withError, withWarning, results } = report;
  if (document && successful === 0) return { verdict: 'refused', code: document.code, words: wordsOf([document]) };
  const named = new Set(results.filter(({ kind, messageId }) => kind === 'error' && messageId > 0).map(({ messageId }) => messageId)).size;
  // Whether a message with a warning counts as a success as well is not documented.
  const good = [successful, successful + withWarning].includes(count - named);
  if (complete && processed === count && withError === named && good) return { verdict: 'accepted' };
  return {
    verdict: 'unknown',
    code: 'feed.report-does-not-add-up',
    words: `Amazon's report does not add up: ${count} messages were sent, ${processed} processed, ${successful} successful, ${withError} with an error, ${named} of them named.`,
    facts: { count, processed, successful, withError, named },
  };
};

const wordsOf = (results: readonly MessageResult[]): string =>
  results
    .map(({ words, code }) => words || `Amazon gives no words, only the code ${code}.`)
    .join(' ')
    .slice(0, 1_000);
