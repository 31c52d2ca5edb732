import classes from './WideTable.module.css';

export interface WideTableProps {
  /** Of the table, for whoever cannot see what scrolls. */
  readonly label: string;
  readonly minWidth: number;
  /** Beyond this it scrolls within itself. */
  readonly maxHeight?: number;
  readonly children: React.ReactNode;
}

/** A table that scrolls in itself where there is little room, unless its rows are cards there, by keyboard as well: as browsers do it, since Mantine's way takes 20 kB of scripts. */
export const WideTable = ({ label, minWidth, maxHeight, children }: WideTableProps) => (
  // biome-ignore lint/a11y/useSemanticElements: no fieldset, which would be as wide as its table
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
  <div className={classes.scrolls} role="group" tabIndex={0} aria-label={label} style={{ maxHeight }}>
    <div className={classes.wide} style={{ '--wide': `${minWidth}px` } as React.CSSProperties}>
      {children}
    </div>
  </div>
);
