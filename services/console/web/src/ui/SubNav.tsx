import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import classes from './SubNav.module.css';

export interface SubNavProps {
  readonly label: string;
  /** `holds`: the page that is shown is a part of that one. */
  readonly places: readonly {
    readonly to: string;
    readonly label: string;
    readonly count?: number | undefined;
    readonly holds?: boolean;
  }[];
}

/** The pages of one area, beside each other. */
export const SubNav = ({ label, places }: SubNavProps) => {
  const list = useRef<HTMLUListElement>(null);
  // Not all of them fit on a phone: the page that is shown is among those that are seen.
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, []);
  return (
    <nav aria-label={label} className={classes.nav}>
      <ul ref={list}>
        {places.map(({ to, label: name, count, holds }) => (
          <li key={to}>
            <Link
              to={to as '/'}
              activeOptions={{ exact: true, includeSearch: false }}
              activeProps={{ 'aria-current': 'page' }}
              {...(holds ? { 'aria-current': 'true' } : {})}
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
};
