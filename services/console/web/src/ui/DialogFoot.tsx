import { Group, type GroupProps } from '@mantine/core';
import classes from './DialogFoot.module.css';

/** The buttons of a dialog: in sight however long it is, and on a phone as wide as it. */
export const DialogFoot = (props: GroupProps) => <Group justify="flex-end" className={classes.foot} {...props} />;
