/** A line of the list: still open, or settled while somebody was looking at it. */
export interface Shown<Item> {
  readonly item: Item;
  readonly settled: boolean;
}

/**
 * What is shown next. Nothing moves beneath a pointer: while it is held, what was settled keeps its place, and what is new comes last. Once
 * it is let go, the list is as it is.
 */
export const shownNext = <Item extends { readonly id: string }>(
  shown: readonly Shown<Item>[],
  open: readonly Item[],
  held: boolean,
): readonly Shown<Item>[] => {
  if (!held) return open.map((item) => ({ item, settled: false }));
  const now = new Map(open.map((item) => [item.id, item]));
  const kept = shown.map(({ item }) => ({ item: now.get(item.id) ?? item, settled: !now.has(item.id) }));
  const known = new Set(shown.map(({ item }) => item.id));
  return [...kept, ...open.filter(({ id }) => !known.has(id)).map((item) => ({ item, settled: false }))];
};
