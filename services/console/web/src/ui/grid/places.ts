import type { GridWindow } from './columns.ts';

/** Where rows stand. */
export interface Places<Row> {
  readonly count: number;
  readonly at: (index: number) => Row | undefined;
}

export const placesOf = <Row>(rows: readonly Row[], window: GridWindow<Row> | undefined): Places<Row> =>
  window ?? { count: rows.length, at: (index) => rows[index] };

/** A burst of new rows is looked through as far as this. */
const farthest = 400;

/** Where a row has gone that stood here: lists move while somebody reads them. */
export const foundNear = <Row>({ at }: Places<Row>, idOf: (row: Row) => string, id: string, index: number): number | undefined => {
  const is = (place: number): boolean => {
    const row = place < 0 ? undefined : at(place);
    return row !== undefined && idOf(row) === id;
  };
  if (id === '') return undefined;
  for (let away = 0; away <= farthest; away++) {
    if (is(index + away)) return index + away;
    if (is(index - away)) return index - away;
  }
  return undefined;
};
