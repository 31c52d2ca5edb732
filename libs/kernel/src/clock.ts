/** Time as a dependency: the only thing besides chance that a test may replace. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
