/** One line of a menu. */
export interface Choice {
  readonly id: string;
  readonly label: React.ReactNode;
  /** Absent: it cannot be chosen, and its label says why. */
  readonly choose?: (() => void) | undefined;
  /** Stands at its end: a key, for example. */
  readonly end?: React.ReactNode;
  readonly isCurrent?: boolean;
  readonly className?: string | undefined;
}

type Button = React.ReactElement<React.ComponentPropsWithRef<'button'>>;

export interface ChoiceMenuProps {
  /** What opens it. */
  readonly button: Button;
  /** With a line between every two groups. */
  readonly groups: readonly (readonly Choice[])[];
  readonly position: 'bottom-start' | 'bottom-end';
  readonly width?: number;
}
