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
