import type { TFunction } from 'i18next';
import { memo } from 'react';
import classes from './DataGrid.module.css';
import type { RowActs } from './row-keys.ts';

export interface GridRowProps {
  readonly index: number;
  readonly height: number;
  readonly acts: RowActs;
  /** Where Tab comes into the list. */
  readonly active: boolean;
  /** Absent where rows cannot be chosen. */
  readonly choice?: { readonly name: string } | undefined;
  readonly t: TFunction;
  readonly chosen: boolean;
  readonly opens: boolean;
  /** What its cells are made from: as long as these are the same, so are they. */
  readonly from: readonly unknown[];
  readonly cells: () => React.ReactNode;
}

const Row = ({ index, height, acts, active, choice, chosen, opens, t, cells }: GridRowProps) => (
  <tr
    data-row={index}
    aria-rowindex={index + 2}
    aria-selected={choice && chosen}
    tabIndex={active ? 0 : -1}
    className={classes.row}
    data-opens={opens || undefined}
    style={{ height }}
    onClick={(event) => acts.click(event, index)}
    onKeyDown={(event) => acts.press(event, index)}
    onFocus={() => acts.focus(index)}
  >
    {choice && (
      <td className={classes.check}>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={t('grid.select', choice)}
          checked={chosen}
          // A change alone does not say whether Shift was held.
          onChange={() => {}}
          onClick={({ shiftKey }) => acts.select(index, shiftKey)}
        />
      </td>
    )}
    {cells()}
  </tr>
);

/** Rendered anew only when something about it has changed: while somebody scrolls, nothing has. */
export const GridRow = memo(
  Row,
  (one, other) =>
    one.choice?.name === other.choice?.name &&
    one.index === other.index &&
    one.height === other.height &&
    one.acts === other.acts &&
    one.active === other.active &&
    one.chosen === other.chosen &&
    one.opens === other.opens &&
    one.from.every((part, n) => part === other.from[n]),
);
