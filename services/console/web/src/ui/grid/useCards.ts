import { useMediaQuery } from '@mantine/hooks';
import { useMemo } from 'react';
import type { GridCard, GridColumn } from './columns.ts';
import type { GridLayout } from './layout.ts';

interface Cards<Row> {
  readonly columns: readonly GridColumn<Row>[];
  readonly layout: GridLayout;
  readonly height: number;
}

const narrow = '(max-width: 40em)';

/** The grid as a list of cards, where there is no room for columns. */
export const useCards = <Row>({
  label,
  card,
}: {
  readonly label: string;
  readonly card?: GridCard<Row> | undefined;
}): Cards<Row> | undefined => {
  const isNarrow = useMediaQuery(narrow, undefined, { getInitialValueInEffect: false });
  return useMemo(
    () =>
      card && isNarrow
        ? {
            columns: [{ id: 'card', header: label, cell: card.cell }],
            layout: { order: ['card'], hidden: [], density: 'compact' },
            height: card.height,
          }
        : undefined,
    [card, isNarrow, label],
  );
};
