import { useId } from 'react';
import classes from './Card.module.css';

export interface CardProps {
  readonly title?: string;
  readonly actions?: React.ReactNode;
  /** Without padding, for tables and lists that reach its edge. */
  readonly flush?: boolean;
  readonly children: React.ReactNode;
}

/** A part of a page, with a heading of its own. */
export const Card = ({ title, actions, flush = false, children }: CardProps) => {
  const id = useId();
  return (
    <section className={classes.card} {...(title ? { 'aria-labelledby': id } : {})}>
      {title && (
        <div className={classes.head}>
          <h2 id={id} className={classes.title}>
            {title}
          </h2>
          {actions && <div className={classes.actions}>{actions}</div>}
        </div>
      )}
      <div className={classes.body} data-flush={flush || undefined}>
        {children}
      </div>
    </section>
  );
};
