import { Checkbox } from '@mantine/core';
import type { StatusName } from '../../../api/statuses.ts';
import classes from './filters.module.css';

export interface StatusEditorProps {
  readonly label: string;
  readonly statuses: readonly StatusName[];
  /** Codes. */
  readonly chosen: readonly string[];
  readonly choose: (codes: readonly string[]) => void;
}

export const StatusEditor = ({ label, statuses, chosen, choose }: StatusEditorProps) => (
  <Checkbox.Group value={[...chosen]} onChange={choose} aria-label={label}>
    <div className={classes.choices}>
      {statuses.map(({ code, name, isDefault }) => (
        <Checkbox key={code} value={code} label={name} pl={isDefault ? 0 : 24} />
      ))}
    </div>
  </Checkbox.Group>
);
