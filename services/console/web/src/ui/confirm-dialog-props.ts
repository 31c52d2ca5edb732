import type { ReactNode } from 'react';

export interface ConfirmDialogProps {
  readonly title: string;
  /** What will happen, and what Amazon will be told. */
  readonly children: ReactNode;
  /** The verb: "Cancel the order", never "OK". */
  readonly action: string;
  readonly danger?: boolean;
  /** Asks for a reason, and whether one has to be given. */
  readonly reason?: { readonly label: string; readonly required: boolean } | undefined;
  /** What has to be typed before it can be done: for what cannot be taken back. */
  readonly typed?: { readonly label: string; readonly text: string } | undefined;
  readonly onConfirm: (reason: string) => Promise<unknown>;
  readonly onClose: () => void;
}
