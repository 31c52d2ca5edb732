import { describe, expect, test } from '@jest/globals';
import { readProcessingReport } from './processing-report.ts';

const report = (results = '', summary = '<MessagesProcessed>2</MessagesProcessed><MessagesSuccessful>1</MessagesSuccessful>') =>
  `<?xml version="1.0" encoding="UTF-8"?>
<AmazonEnvelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="amzn-envelope.xsd">
  <Header><DocumentVersion>1.02</DocumentVersion><MerchantIdentifier>A3SELLERID00001</MerchantIdentifier></Header>
  <MessageType>ProcessingReport</MessageType>
  <Message><MessageID>1</MessageID><ProcessingReport>
    <DocumentTransactionID>53347018456</DocumentTransactionID><StatusCode>Complete</StatusCode>
    <ProcessingSummary>${summary}<MessagesWithError>1</MessagesWithError><MessagesWithWarning>0</MessagesWithWarning></ProcessingSummary>
    ${results}
  </ProcessingReport></Message>
</AmazonEnvelope>`;
const result = `<Result><MessageID>2</MessageID><ResultCode>Error</ResultCode><ResultMessageCode>18028</ResultMessageCode>
  <ResultDescription>Data &amp; more.</ResultDescription><AdditionalInfo><AmazonOrderID>1</AmazonOrderID></AdditionalInfo></Result>`;

describe('a processing report', () => {
  test('says what was wrong with which message', () => {
    expect(readProcessingReport(report(result))).toEqual({
      ...{ complete: true, processed: 2, successful: 1, withError: 1, withWarning: 0 },
      results: [{ messageId: 2, kind: 'error', code: '18028', words: 'Data & more.' }],
    });
  });

  test('may have many results, or none', () => {
    expect(readProcessingReport(report(result + result)).results).toHaveLength(2);
    expect(readProcessingReport(report()).results).toEqual([]);
  });

  test.each([
    ['empty', ''],
    ['of the other format', 'Feed Processing Summary:\n\tNumber of records processed\t1'],
    ['cut off', report(result).slice(0, 500)],
    ['without a summary', report(result).replace(/<ProcessingSummary>.*<\/ProcessingSummary>/s, '')],
    ['with words for numbers', report(result, '<MessagesProcessed>two</MessagesProcessed><MessagesSuccessful/>')],
  ])('that is %s cannot be read', (_, text) => {
    expect(() => readProcessingReport(text)).toThrow('feed.unreadable-report');
  });
});
