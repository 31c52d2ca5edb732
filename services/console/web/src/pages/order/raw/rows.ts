/** A line of a JSON document, as it is shown. */
export interface Row {
  /** `lines[0].amounts.itemMinor` */
  readonly path: string;
  readonly depth: number;
  /** Its name in what contains it. */
  readonly name: string;
  /** Of an object or a list: how many are in it. */
  readonly size?: number;
  readonly isList?: boolean;
  /** Of anything else: as JSON writes it. */
  readonly value?: string;
}

/** A document line by line: what contains something stands before what is in it. */
export const rowsOf = (value: unknown, name = '', path = '', depth = 0): readonly Row[] => {
  if (typeof value !== 'object' || value === null) return [{ path, depth, name, value: JSON.stringify(value) ?? '' }];
  const isList = Array.isArray(value);
  const inner = Object.entries(value);
  return [
    ...(path === '' ? [] : [{ path, depth, name, size: inner.length, isList }]),
    ...inner.flatMap(([key, part]) => rowsOf(part, key, pathTo(path, key, isList), path === '' ? depth : depth + 1)),
  ];
};

const pathTo = (path: string, key: string, isList: boolean): string => {
  if (isList) return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
};

/** The lines in which something is found, by name or value, each with what contains it. */
export const found = (rows: readonly Row[], text: string): readonly Row[] => {
  const sought = text.trim().toLowerCase();
  if (sought === '') return rows;
  const hits = rows.filter(({ path, value }) => `${path} ${value ?? ''}`.toLowerCase().includes(sought));
  return rows.filter((row) =>
    hits.some(({ path }) => path === row.path || path.startsWith(`${row.path}.`) || path.startsWith(`${row.path}[`)),
  );
};
