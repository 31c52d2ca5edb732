import { XMLBuilder } from 'fast-xml-parser';

/** What a report says about one message. Of those that succeed without a remark it says nothing. */
export interface ReportResult {
  readonly messageId: string;
  readonly resultCode: 'Error' | 'Warning';
  readonly messageCode: number;
  readonly description: string;
  readonly amazonOrderId?: string | undefined;
}

export interface Report {
  readonly merchantIdentifier: string;
  readonly feedId: string;
  readonly messagesProcessed: number;
  readonly results: readonly ReportResult[];
}

/** The processing report of an XML feed. */
export const renderReport = ({ merchantIdentifier, feedId, messagesProcessed, results }: Report): string => {
  const withError = results.filter(({ resultCode }) => resultCode === 'Error').length;
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    AmazonEnvelope: {
      '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      '@xsi:noNamespaceSchemaLocation': 'amzn-envelope.xsd',
      Header: { DocumentVersion: '1.02', MerchantIdentifier: merchantIdentifier },
      MessageType: 'ProcessingReport',
      Message: {
        MessageID: 1,
        ProcessingReport: {
          DocumentTransactionID: feedId,
          StatusCode: 'Complete',
          ProcessingSummary: {
            MessagesProcessed: messagesProcessed,
            MessagesSuccessful: Math.max(0, messagesProcessed - withError),
            MessagesWithError: withError,
            MessagesWithWarning: results.length - withError,
          },
          Result: results.map(resultOf),
        },
      },
    },
  });
};

const builder = new XMLBuilder({ format: true, ignoreAttributes: false, attributeNamePrefix: '@' });

const resultOf = ({ messageId, resultCode, messageCode, description, amazonOrderId }: ReportResult) => ({
  MessageID: messageId,
  ResultCode: resultCode,
  ResultMessageCode: messageCode,
  ResultDescription: description,
  ...(amazonOrderId && { AdditionalInfo: { AmazonOrderID: amazonOrderId } }),
});
