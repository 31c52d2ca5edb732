/** What all instances of a service see of the way to one system. */
export interface SystemView {
  /** Was it told that it is open? */
  readonly told: boolean;
  /** Since when some instance has a circuit that is not closed; null: none has. */
  readonly since: string | null;
  /** Is one of them open just now? One that is half open says with its next call what it is. */
  readonly isOpen: boolean;
}

/**
 * What is to be told of it. A circuit that opens for a moment tells nobody: it has to be open now, and not to have been closed for `afterMs`.
 * Half open it is not told, and what was told is not taken back: the next call decides.
 */
export const circuitWord = ({ told, since, isOpen }: SystemView, now: Date, afterMs: number): 'opened' | 'closed' | undefined => {
  if (told) return since === null ? 'closed' : undefined;
  return isOpen && since !== null && now.getTime() - Date.parse(since) >= afterMs ? 'opened' : undefined;
};
