export interface GridColumn<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => React.ReactNode;
  /** In pixels. Default: 140. */
  readonly width?: number | undefined;
  /** Numbers and money stand at the end. */
  readonly align?: 'end' | undefined;
  /** What the API calls sorting by it; absent where it cannot be sorted by. */
  readonly sort?: string | undefined;
  /** Cannot be hidden. */
  readonly fixed?: boolean | undefined;
  /** Shown only when somebody chooses it. */
  readonly extra?: boolean | undefined;
}

/** As the APIs have it: `purchased`, or `-purchased` for the other direction. */
export interface GridSort {
  readonly by: string;
  readonly set: (by: string) => void;
}

export interface GridSelection {
  readonly ids: ReadonlySet<string>;
  readonly set: (ids: readonly string[]) => void;
  /** What a row is called, for the name of its checkbox. */
  readonly nameOf: (id: string) => string;
}

/** A list of which only some pages are in memory, `rows`: where these stand, and what to fetch. */
export interface GridWindow<Row> {
  /** Rows that are known to be there. */
  readonly count: number;
  /** Nothing where its page is not in memory. */
  readonly at: (index: number) => Row | undefined;
  /** These are on the screen now. */
  readonly look: (first: number, last: number) => void;
  /** Are there no more than are known? */
  readonly isWhole: boolean;
}

/** On narrow screens: a row as a card, instead of its columns. */
export interface GridCard<Row> {
  readonly height: number;
  readonly cell: (row: Row) => React.ReactNode;
}
