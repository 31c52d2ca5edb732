import classes from './Notice.module.css';

/** Something that somebody should know, beside what he does. */
export const Notice = ({
  tone = 'attention',
  children,
}: {
  readonly tone?: 'attention' | 'stopped';
  readonly children: React.ReactNode;
}) => (
  <div className={classes.notice} data-tone={tone}>
    {children}
  </div>
);
