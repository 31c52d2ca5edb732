/**
 * When to look at a feed again, in multiples of the first wait (15 s): Amazon takes from seconds to hours, and counts the questions.
 */
export interface FeedPatience {
  /** Amazon has it and is not through. */
  processingMs(looks: number): number;
  /** Nobody knows whether Amazon has it: nothing when it is time to give up. A new feed takes a while to be listed. */
  unknownMs(looks: number): number | undefined;
  /** What it did may show on the order only later: nothing when it would have by now. */
  showsMs(readBacks: number): number | undefined;
}

export const feedPatience = (firstMs: number): FeedPatience => ({
  processingMs: (looks) => firstMs * (processing[looks] ?? longest),
  unknownMs: (looks) => times(firstMs, unknown[looks]),
  showsMs: (readBacks) => times(firstMs, shows[readBacks]),
});

const processing = [1, 2, 4, 4, 8, 8];
const longest = 20;
const unknown = [1, 4, 8, 20];
const shows = [12, 40];

const times = (firstMs: number, factor: number | undefined): number | undefined => (factor === undefined ? undefined : firstMs * factor);
