/** What always has to be true, by number: see docs/chaos.md. */
export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I9';

/** What it means for a seller. `wrong`: neither lost nor twice, but not as it should be. `unfinished`: something still waits. */
export type Harm = 'lost' | 'duplicated' | 'written-twice' | 'wrong' | 'unfinished';

/** Something that the judge has to complain about. */
export interface Finding {
  readonly invariant: Invariant;
  readonly harm: Harm;
  readonly words: string;
}

export const finding = (invariant: Invariant, harm: Harm, words: string): Finding => ({ invariant, harm, words });
