import classes from './ListCard.module.css';

export interface ListCardProps {
  readonly name: React.ReactNode;
  readonly state: React.ReactNode;
  readonly about: React.ReactNode;
  readonly when?: React.ReactNode;
}

/** A row where there is no room for columns. */
export const ListCard = ({ name, state, about, when }: ListCardProps) => (
  <div className={classes.card}>
    <div className={classes.line}>
      <strong>{name}</strong>
      <span>{state}</span>
    </div>
    <div className={classes.line} data-soft>
      <span>{about}</span>
      <span>{when}</span>
    </div>
  </div>
);

/** In pixels, for `DataGrid`. */
export const listCardHeight = 64;
