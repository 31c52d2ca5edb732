import type { Clock } from '@orderbus/kernel';

/** The clock of the sandbox's world: it starts with the real time, runs as fast as it is told, and can be put forward but never back. */
export class AdjustableClock implements Clock {
  readonly #base: Clock;
  #speed: number;
  /** A moment at which both times were known. */
  #known: { readonly real: number; readonly world: number };

  constructor(base: Clock, speed: number) {
    this.#base = base;
    this.#speed = speed;
    const real = base.now().getTime();
    this.#known = { real, world: real };
  }

  get speed(): number {
    return this.#speed;
  }

  now(): Date {
    const { real, world } = this.#known;
    return new Date(Math.floor(world + (this.#base.now().getTime() - real) * this.#speed));
  }

  setSpeed(speed: number): void {
    this.advance(0);
    this.#speed = speed;
  }

  advance(ms: number): void {
    this.#known = { real: this.#base.now().getTime(), world: this.now().getTime() + ms };
  }

  /** The world of an earlier run may have been ahead: what has happened must not lie in the future. */
  notBefore(time: number): void {
    this.advance(Math.max(0, time - this.now().getTime()));
  }
}
