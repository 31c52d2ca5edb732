/** The ways in which the list of orders can be sorted: by these columns of `order_list`, then by the order's id. */
export const sortColumns = {
  purchased: [['purchased_at', 'timestamptz']],
  shipBy: [['ship_by', 'timestamptz']],
  total: [
    ['currency', 'text'],
    ['total_minor', 'bigint'],
  ],
  number: [['number', 'text']],
  store: [
    ['tenant', 'text'],
    ['purchased_at', 'timestamptz'],
  ],
  status: [
    ['status', 'text'],
    ['purchased_at', 'timestamptz'],
  ],
  updated: [['updated_at', 'timestamptz']],
} as const satisfies Record<string, readonly (readonly [column: string, type: string])[]>;

export type SortName = keyof typeof sortColumns;
export const sortNames = Object.keys(sortColumns) as [SortName, ...SortName[]];

export interface Sort {
  readonly by: SortName;
  readonly descending: boolean;
}

/** The place of a row in a sorted list: its values as text, so that nothing is lost on the way. */
export interface Position {
  readonly values: readonly string[];
  readonly id: string;
}

/** `purchased_at desc, order_id desc` */
export const orderByOf = ({ by, descending }: Sort): string =>
  [...sortColumns[by].map(([column]) => column), 'order_id'].map((column) => `${column}${descending ? ' desc' : ''}`).join(', ');

/** `array[number::text]`: the values of a row's position. */
export const positionValuesOf = ({ by }: Sort): string =>
  `array[${sortColumns[by].map(([column, type]) => (type === 'timestamptz' ? exactTime(column) : `${column}::text`)).join(', ')}]`;

/** The rows after this one. */
export const afterOf = ({ by, descending }: Sort, { values, id }: Position, bind: (value: unknown) => string): string => {
  const columns = sortColumns[by];
  const names = [...columns.map(([column]) => column), 'order_id'].join(', ');
  const place = [...columns.map(([, type], n) => `${bind(values[n])}::${type}`), `${bind(id)}::uuid`].join(', ');
  return `(${names}) ${descending ? '<' : '>'} (${place})`;
};

/** To the microsecond, which JavaScript's dates do not have. */
const exactTime = (column: string): string =>
  `coalesce(to_char(nullif(${column}, 'infinity') at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'infinity')`;
