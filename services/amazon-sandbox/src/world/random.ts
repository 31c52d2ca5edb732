/** Chance that can be repeated: the same key gives the same sequence on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** An integer, both ends included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** Picks in proportion to the weights. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T;
  /** A string of digits that does not begin with zero. */
  digits(length: number): string;
}

export const createRandom = (key: string): Random => {
  const next = sfc32(seedOf(key));
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: <T>(choices: readonly T[]): T => choices[int(0, choices.length - 1)] as T,
    weighted: <T>(choices: readonly (readonly [T, number])[]): T => {
      let rest = next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
      const found = choices.find(([, weight]) => {
        rest -= weight;
        return rest < 0;
      });
      return (found ?? (choices[choices.length - 1] as readonly [T, number]))[0];
    },
    digits: (length) => Array.from({ length }, (_, position) => int(position === 0 ? 1 : 0, 9)).join(''),
  };
};

type State = [number, number, number, number];

/** Four 32-bit words out of a text. 128 bits, because with 32 the order numbers of 50,000 orders would collide. */
const seedOf = (text: string): State => {
  const words: State = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x85ebca6b];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    words[0] = Math.imul(words[0] ^ code, 0x01000193) ^ words[3];
    words[1] = Math.imul(words[1] ^ code, 0x5bd1e995) ^ words[0];
    words[2] = Math.imul(words[2] ^ code, 0x1b873593) ^ words[1];
    words[3] = Math.imul(words[3] ^ code, 0xcc9e2d51) ^ words[2];
  }
  return words;
};

/** Small fast counter by Chris Doty-Humphrey (PractRand): four words of state, good enough for any test of randomness. */
const sfc32 = (state: State): (() => number) => {
  let [a, b, c, d] = state;
  const step = (): number => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) step();
  return step;
};
