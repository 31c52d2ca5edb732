import { Link } from '@tanstack/react-router';
import classes from './SubNav.module.css';

export interface SubNavProps {
  readonly label: string;
  readonly places: readonly { readonly to: string; readonly label: string; readonly count?: number | undefined }[];
}

/** The pages of one area, beside each other. */
export const SubNav = ({ label, places }: SubNavProps) => (
  <nav aria-label={label} className={classes.nav}>
    <ul>
      {places.map(({ to, label: name, count }) => (
        <li key={to}>
          <Link
            to={to as '/'}
            activeOptions={{ exact: true, includeSearch: false }}
            activeProps={{ 'aria-current': 'page' }}
            className={classes.place}
          >
            {name}
            {count !== undefined && count > 0 && <span className={classes.count}>{count}</span>}
          </Link>
        </li>
      ))}
    </ul>
  </nav>
);
