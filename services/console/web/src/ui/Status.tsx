import classes from './Status.module.css';

export type Tone = 'ok' | 'waiting' | 'attention' | 'stopped' | 'quiet';

export interface StatusProps {
  readonly tone: Tone;
  /** More than a word or two: it may take several lines. */
  readonly sentence?: boolean;
  readonly children: React.ReactNode;
}

/** A state as a word with a dot: never by its colour alone. */
export const Status = ({ tone, sentence, children }: StatusProps) => (
  <span className={classes.status} data-tone={tone} data-sentence={sentence}>
    <span className={classes.dot} aria-hidden="true" />
    <span>{children}</span>
  </span>
);
