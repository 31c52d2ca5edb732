import { Tooltip } from '@mantine/core';
import { useEffect } from 'react';

export interface TipWords {
  readonly label: string;
  readonly maw?: number;
}

interface TipShownProps extends TipWords {
  readonly id: string;
  readonly target: HTMLElement;
  readonly hide: () => void;
}

/** The words beside what they are about, until Escape or a touch elsewhere. */
const TipShown = ({ id, label, target, hide, ...size }: TipShownProps) => {
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') hide();
    };
    const onPointer = ({ target: touched }: PointerEvent): void => {
      if (!target.contains(touched as Node)) hide();
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onPointer);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onPointer);
    };
  }, [target, hide]);
  return <Tooltip opened target={target} label={<span id={id}>{label}</span>} multiline {...size} />;
};

export default TipShown;
