/** Something else that happens in the world by itself: feeds that are processed. */
export interface WorldPart {
  /** When its next thing is due, or Infinity. */
  nextTime(): number;
  /** Lets that thing happen. */
  live(): void;
  /** The world begins again. */
  reset(): void;
}
