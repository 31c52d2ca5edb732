import { describe, expect, test } from '@jest/globals';
import { verdictsOf } from '../../domain/feed-report.ts';
import { readFlatReport } from './flat-report.ts';

const report = (processed: number, successful: number, rows = '') =>
  `Feed Processing Summary:\n\tNumber of records processed\t\t${processed}\n\tNumber of records successful\t\t${successful}\n\n${rows}`;
const head = 'original-record-number\tsku\terror-code\terror-type\terror-message\n';

describe('a report about a document', () => {
  test('that was taken says so', () => {
    const read = readFlatReport(report(1, 1));
    expect(read).toEqual({ complete: true, processed: 1, successful: 1, withError: 0, withWarning: 0, results: [] });
    expect(verdictsOf(read, 1)).toEqual([{ verdict: 'accepted' }]);
  });

  test('that was refused says why', () => {
    const read = readFlatReport(report(1, 0, `${head}1\t\t79513\tError\tPlease provide metadata:orderid\n`));
    expect(verdictsOf(read, 1)).toEqual([{ verdict: 'refused', code: '79513', words: 'Please provide metadata:orderid' }]);
  });

  test('that was taken with a remark was taken', () => {
    const read = readFlatReport(report(1, 1, `${head}1\t\t79999\tWarning\tLook at it.\r\n`).replaceAll('\n', '\r\n'));
    expect(verdictsOf(read, 1)).toEqual([{ verdict: 'accepted', words: 'Look at it.' }]);
  });

  test('that does not add up says nothing', () => {
    expect(verdictsOf(readFlatReport(report(1, 0)), 1)).toMatchObject([{ verdict: 'unknown' }]);
    expect(verdictsOf(readFlatReport(report(0, 0)), 1)).toMatchObject([{ verdict: 'unknown' }]);
  });

  test.each(['', '<AmazonEnvelope/>', 'Feed Processing Summary:\n\tNumber of records processed\t\t1\n'])(
    'that is cut off cannot be read: %j',
    (text) => {
      expect(() => readFlatReport(text)).toThrow('feed.unreadable-report');
    },
  );
});
