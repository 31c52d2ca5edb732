import { Button, Popover } from '@mantine/core';
import { Columns3 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { lazily } from '../lazily.tsx';
import type { ColumnListProps } from './ColumnList.tsx';
import type { GridColumn } from './columns.ts';
import type { GridLayoutState } from './layout.ts';

export interface ColumnChooserProps<Row> {
  readonly columns: readonly GridColumn<Row>[];
  readonly state: GridLayoutState;
}

const ColumnList = lazily<ColumnListProps>(() => import('./ColumnList.tsx'));

/** Which columns a grid shows, in which order, and how dense it is. */
export const ColumnChooser = <Row,>({ columns, state }: ColumnChooserProps<Row>) => {
  const { t } = useTranslation();
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<Columns3 size={16} aria-hidden="true" />}>
          {t('grid.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('grid.columns')}>
        <ColumnList columns={columns} state={state} />
      </Popover.Dropdown>
    </Popover>
  );
};
