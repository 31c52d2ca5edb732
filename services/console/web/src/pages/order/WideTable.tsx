import { Table } from '@mantine/core';

export interface WideTableProps {
  /** Of the table, for whoever cannot see what scrolls. */
  readonly label: string;
  readonly minWidth: number;
  readonly children: React.ReactNode;
}

/** A table that scrolls in itself where it is narrow, by keyboard as well. */
export const WideTable = ({ label, minWidth, children }: WideTableProps) => (
  <Table.ScrollContainer minWidth={minWidth} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'group', 'aria-label': label } }}>
    {children}
  </Table.ScrollContainer>
);
