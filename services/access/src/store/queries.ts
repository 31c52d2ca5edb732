/** The database, or a transaction in it. */
export interface Queries {
  // biome-ignore lint/suspicious/noExplicitAny: the caller names the row's type
  query(text: string, values?: unknown[]): Promise<any>;
}
