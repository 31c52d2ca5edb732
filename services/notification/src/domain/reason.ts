/** Why a message has not arrived, or may not be sent: in words, and by a code with facts for whoever says it in another language. */
export interface Reason {
  readonly code: string;
  readonly words: string;
  /** What the words tell, by name. */
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** A reason beside its words. */
export const inOtherWords = ({ code, facts }: Reason): Omit<Reason, 'words'> => ({ code, ...(facts && { facts }) });
