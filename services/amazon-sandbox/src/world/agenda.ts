import { isBefore, type Position } from './timeline.ts';

/** What is due next: a binary heap of positions. Entries are never removed; the reader checks whether they still hold. */
export class Agenda {
  readonly #heap: Position[] = [];

  add(entry: Position): void {
    this.#heap.push(entry);
    let child = this.#heap.length - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#swapUnlessOrdered(parent, child)) return;
      child = parent;
    }
  }

  /** The time of the next entry, or Infinity. */
  nextTime(): number {
    return this.#heap[0]?.time ?? Number.POSITIVE_INFINITY;
  }

  take(): Position | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (last && this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink();
    }
    return first;
  }

  #sink(): void {
    let parent = 0;
    for (;;) {
      const left = 2 * parent + 1;
      const right = left + 1;
      const smaller = right < this.#heap.length && isBefore(this.#at(right), this.#at(left)) ? right : left;
      if (smaller >= this.#heap.length || !this.#swapUnlessOrdered(parent, smaller)) return;
      parent = smaller;
    }
  }

  #swapUnlessOrdered(parent: number, child: number): boolean {
    const [above, below] = [this.#at(parent), this.#at(child)];
    if (!isBefore(below, above)) return false;
    this.#heap[parent] = below;
    this.#heap[child] = above;
    return true;
  }

  #at(index: number): Position {
    return this.#heap[index] as Position;
  }
}
