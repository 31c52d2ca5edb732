/** What is wrong with the one record of a feed that is a document. */
export interface FlatResult {
  readonly code: number;
  readonly words: string;
}

/** The processing report of a feed that is no XML: text, with tabs. */
export const renderFlatReport = (wrong: FlatResult | undefined): string =>
  [
    'Feed Processing Summary:',
    '\tNumber of records processed\t\t1',
    `\tNumber of records successful\t\t${wrong ? 0 : 1}`,
    '',
    ...(wrong
      ? ['original-record-number\tsku\terror-code\terror-type\terror-message', `1\t\t${wrong.code}\tError\t${wrong.words}`, '']
      : []),
  ].join('\n');
