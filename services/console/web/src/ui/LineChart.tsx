import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import classes from './LineChart.module.css';
import type { Line } from './plot.ts';

interface ChartedLine extends Line {
  /** As it is read out beside the chart. */
  readonly words: (value: number) => string;
}

export interface LineChartProps {
  /** What it shows, for whoever does not see it. The numbers themselves belong into a table beside it. */
  readonly label: string;
  /** Dates as `2026-05-04`, without a gap. */
  readonly days: readonly string[];
  readonly dayTick: (day: string) => string;
  readonly lines: readonly [ChartedLine] | readonly [ChartedLine, ChartedLine];
  readonly lastMark: string;
  readonly height: number;
}

/** One or two lines over days: the first with its axis on the left, the second on the right. Drawn in the colours of the theme. */
export const LineChart = ({ label, days, dayTick, lines, lastMark, height }: LineChartProps) => {
  const host = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme();
  const [pointed, setPointed] = useState<number>();
  const drawing = useRef({ days, dayTick, lines, lastMark, height, onPoint: setPointed });
  drawing.current = { days, dayTick, lines, lastMark, height, onPoint: setPointed };
  const drawn = JSON.stringify([scheme, days, lines, height]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn again when it would look different, not with every render
  useEffect(() => {
    let remove: (() => void) | undefined;
    let gone = false;
    void import('./plot.ts').then(({ plot }) => {
      if (!gone && host.current) remove = plot(host.current, drawing.current);
    });
    return () => {
      gone = true;
      remove?.();
    };
  }, [drawn]);
  const shown = pointed ?? days.length - 1;
  return (
    <figure className={classes.chart}>
      <figcaption className={classes.caption} aria-hidden="true">
        {lines.map(({ name, values, words, color, dashed }) => (
          <span key={name} className={classes.line}>
            <svg width="18" height="8" aria-hidden="true">
              <line x1="0" x2="18" y1="4" y2="4" stroke={`var(${color})`} strokeWidth="2" strokeDasharray={dashed ? '4 4' : undefined} />
            </svg>
            {name} <strong>{words(values[shown] ?? 0)}</strong>
          </span>
        ))}
        <span className={classes.day}>{dayTick(days[shown] ?? '')}</span>
      </figcaption>
      <div ref={host} role="img" aria-label={label} style={{ height }} />
    </figure>
  );
};
