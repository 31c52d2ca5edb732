import { ActionIcon, Button, Checkbox, SegmentedControl } from '@mantine/core';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { GridColumn } from './columns.ts';
import classes from './DataGrid.module.css';
import type { GridLayoutState } from './layout.ts';

export interface ColumnListProps {
  readonly columns: readonly Pick<GridColumn<never>, 'id' | 'header' | 'fixed'>[];
  readonly state: GridLayoutState;
}

const ColumnList = ({ columns, state: { layout, change, reset } }: ColumnListProps) => {
  const { t } = useTranslation();
  const byId = new Map(columns.map((column) => [column.id, column]));
  const move = (index: number, by: number): void => {
    const order = [...layout.order];
    const [moved] = order.splice(index, 1);
    if (moved !== undefined) order.splice(index + by, 0, moved);
    change({ order });
  };
  const toggle = (id: string): void =>
    change({ hidden: layout.hidden.includes(id) ? layout.hidden.filter((one) => one !== id) : [...layout.hidden, id] });
  return (
    <>
      <ul className={classes.chooser}>
        {layout.order.map((id, index) => {
          const column = byId.get(id);
          if (column === undefined) return null;
          return (
            <li key={id}>
              <Checkbox
                label={column.header}
                checked={!layout.hidden.includes(id)}
                disabled={column.fixed ?? false}
                onChange={() => toggle(id)}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('grid.earlier', { name: column.header })}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              >
                <ArrowUp size={14} aria-hidden="true" />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('grid.later', { name: column.header })}
                disabled={index === layout.order.length - 1}
                onClick={() => move(index, 1)}
              >
                <ArrowDown size={14} aria-hidden="true" />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('grid.density')}
        value={layout.density}
        onChange={(density) => change({ density: density === 'comfortable' ? 'comfortable' : 'compact' })}
        data={[
          { value: 'compact', label: t('grid.compact') },
          { value: 'comfortable', label: t('grid.comfortable') },
        ]}
      />
      <Button mt="xs" fullWidth variant="subtle" size="xs" onClick={reset}>
        {t('grid.reset')}
      </Button>
    </>
  );
};

export default ColumnList;
