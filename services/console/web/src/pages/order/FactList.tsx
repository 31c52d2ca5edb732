import classes from './FactList.module.css';

/** Facts by name, in two columns. */
export const FactList = ({ children }: { readonly children: React.ReactNode }) => <dl className={classes.facts}>{children}</dl>;

/** A fact; not there when nothing is known of it. */
export const Fact = ({ name, children }: { readonly name: string; readonly children: React.ReactNode }) => {
  if (children === undefined || children === null || children === '' || children === false) return null;
  return (
    <div className={classes.fact}>
      <dt className={classes.name}>{name}</dt>
      <dd className={classes.value}>{children}</dd>
    </div>
  );
};
