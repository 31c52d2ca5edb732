import classes from './Status.module.css';

export type Tone = 'ok' | 'waiting' | 'attention' | 'stopped' | 'quiet';

/** A state as a word with a dot: never by its colour alone. */
export const Status = ({ tone, children }: { readonly tone: Tone; readonly children: React.ReactNode }) => (
  <span className={classes.status} data-tone={tone}>
    <span className={classes.dot} aria-hidden="true" />
    {children}
  </span>
);
