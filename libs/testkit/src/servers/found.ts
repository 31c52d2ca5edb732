/** A server that the tests may use, and how it was come by. */
export interface FoundServer {
  readonly url: string;
  readonly how: string;
  /** Present when the tests have started it. */
  readonly stop?: () => Promise<void>;
}
