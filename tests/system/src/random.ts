/** Chance that can be had again: the same seed and name, the same sequence. All chance of a run comes from here. */
export interface Random {
  /** From 0, below 1. */
  next(): number;
  /** From the first to the last, both included. */
  int(first: number, last: number): number;
  chance(share: number): boolean;
  pick<T>(things: readonly T[]): T;
  shuffle<T>(things: readonly T[]): T[];
  /** Another sequence, which is not moved by how often this one is asked. */
  fork(name: string): Random;
}

export const randomOf = (seed: number, name: string): Random => {
  let state = hash(`${seed}/${name}`);
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (first: number, last: number): number => first + Math.floor(next() * (last - first + 1));
  return {
    next,
    int,
    chance: (share) => next() < share,
    pick: (things) => things[int(0, things.length - 1)] as never,
    shuffle: (things) => {
      const shuffled = [...things];
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = int(0, last);
        [shuffled[last], shuffled[other]] = [shuffled[other] as never, shuffled[last] as never];
      }
      return shuffled;
    },
    fork: (child) => randomOf(seed, `${name}/${child}`),
  };
};

/** FNV-1a */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (const sign of text) value = Math.imul(value ^ (sign.codePointAt(0) as number), 0x01000193);
  return value;
};
