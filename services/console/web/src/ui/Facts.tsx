import classes from './Facts.module.css';

/** What is known of something, name by name; what is not known is left out. */
export const Facts = ({ facts }: { readonly facts: readonly (readonly [name: string, value: React.ReactNode])[] }) => (
  <dl className={classes.facts}>
    {facts.map(
      ([name, value]) =>
        value !== undefined &&
        value !== null &&
        value !== '' && (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
    )}
  </dl>
);
