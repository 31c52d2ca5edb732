import classes from './Empty.module.css';

export interface EmptyProps {
  readonly title: string;
  /** When something would be here. */
  readonly text?: string;
  readonly children?: React.ReactNode;
}

/** Nothing is here, and that is said: what would be, and when. */
export const Empty = ({ title, text, children }: EmptyProps) => (
  <div className={classes.empty}>
    <p className={classes.title}>{title}</p>
    {text && <p className={classes.text}>{text}</p>}
    {children}
  </div>
);
