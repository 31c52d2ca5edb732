import { useTranslation } from 'react-i18next';
import type { GridSelection } from './columns.ts';
import classes from './DataGrid.module.css';
import type { RowKeys } from './row-keys.ts';

export interface GridRowProps {
  readonly id: string;
  readonly index: number;
  readonly height: number;
  readonly keys: RowKeys;
  readonly selection: GridSelection | undefined;
  readonly opens: boolean;
  readonly children: React.ReactNode;
}

export const GridRow = ({ id, index, height, keys, selection, opens, children }: GridRowProps) => {
  const { t } = useTranslation();
  const chosen = selection?.ids.has(id);
  return (
    <tr
      data-row={index}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      tabIndex={keys.active === index ? 0 : -1}
      className={classes.row}
      data-opens={opens || undefined}
      style={{ height }}
      onClick={(event) => keys.click(event, index)}
      onKeyDown={(event) => keys.press(event, index)}
      onFocus={() => keys.focus(index)}
    >
      {selection && (
        <td className={classes.check}>
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={t('grid.select', { name: selection.nameOf(id) })}
            checked={chosen ?? false}
            // A change alone does not say whether Shift was held.
            onChange={() => {}}
            onClick={({ shiftKey }) => keys.select(index, shiftKey)}
          />
        </td>
      )}
      {children}
    </tr>
  );
};
