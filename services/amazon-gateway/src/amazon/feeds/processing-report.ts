import { AppError } from '@orderbus/kernel';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { MessageResult, ProcessingReport } from '../../domain/feed-report.ts';

/**
 * What Amazon says about a feed that it has worked through.
 * @throws AppError `feed.unreadable-report`: other formats occur with feeds that failed.
 */
export const readProcessingReport = (text: string): ProcessingReport => {
  const read = Report.safeParse(parse(text));
  if (!read.success) throw unreadable(read.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('; '));
  const { StatusCode, ProcessingSummary: summary, Result } = read.data.AmazonEnvelope.Message.ProcessingReport;
  return {
    complete: StatusCode === 'Complete',
    processed: summary.MessagesProcessed,
    successful: summary.MessagesSuccessful,
    withError: summary.MessagesWithError,
    withWarning: summary.MessagesWithWarning,
    results: Result.map(
      (result): MessageResult => ({
        messageId: result.MessageID,
        kind: result.ResultCode === 'Warning' ? 'warning' : 'error',
        code: result.ResultMessageCode,
        words: result.ResultDescription.slice(0, 500),
      }),
    ),
  };
};

const parser = new XMLParser({ parseTagValue: false, trimValues: true, removeNSPrefix: true, isArray: (name) => name === 'Result' });

const parse = (text: string): unknown => {
  try {
    return parser.parse(text, true);
  } catch (error) {
    throw unreadable((error as Error).message);
  }
};

const unreadable = (why: string): AppError => new AppError('invalid', 'feed.unreadable-report', { why: why.slice(0, 300) });

const count = z.coerce.number().int().nonnegative();

const Report = z.object({
  AmazonEnvelope: z.object({
    Message: z.object({
      ProcessingReport: z.object({
        StatusCode: z.string(),
        ProcessingSummary: z.object({
          MessagesProcessed: count,
          MessagesSuccessful: count,
          MessagesWithError: count,
          MessagesWithWarning: count,
        }),
        Result: z
          .array(
            z.object({
              MessageID: count,
              ResultCode: z.string(),
              ResultMessageCode: z.string().default('unknown'),
              ResultDescription: z.string().default(''),
            }),
          )
          .default([]),
      }),
    }),
  }),
});
