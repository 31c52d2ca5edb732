/** A place in a timeline: a time, and the sequence number of the order that stands there. */
export interface Position {
  readonly time: number;
  readonly sequence: number;
}

/**
 * Positions in ascending order. Almost everything arrives at the end; what has moved on leaves a stale position behind, which the reader
 * skips and `sweep` removes, so that a change costs no search.
 */
export class Timeline {
  #positions: Position[] = [];

  get size(): number {
    return this.#positions.length;
  }

  add(position: Position): void {
    const last = this.#positions.at(-1);
    if (!last || isBefore(last, position)) this.#positions.push(position);
    else this.#positions.splice(this.#firstAfter(position), 0, position);
  }

  /** Positions strictly after the given one, ascending. */
  *after(position: Position): Generator<Position> {
    for (let index = this.#firstAfter(position); index < this.#positions.length; index++) {
      const found = this.#positions[index];
      if (found) yield found;
    }
  }

  sweep(isCurrent: (position: Position) => boolean): void {
    this.#positions = this.#positions.filter(isCurrent);
  }

  #firstAfter(position: Position): number {
    let low = 0;
    let high = this.#positions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(position, this.#positions[middle] as Position)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

export const isBefore = (a: Position, b: Position): boolean => a.time < b.time || (a.time === b.time && a.sequence < b.sequence);
