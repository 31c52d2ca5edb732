import type { ConfirmDialogProps } from './confirm-dialog-props.ts';
import { lazily } from './lazily.tsx';

/** Asks before something is done that cannot be taken back, does it, and stays when it fails. */
export const ConfirmDialog = lazily<ConfirmDialogProps>(() => import('./ConfirmDialogBody.tsx'));
