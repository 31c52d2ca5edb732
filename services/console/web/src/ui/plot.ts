import 'uplot/dist/uPlot.min.css';
import uPlot from 'uplot';

/** A line of a chart: a value for each day, on an axis of its own. */
export interface Line {
  readonly name: string;
  readonly values: readonly number[];
  /** The variable of the theme that it is drawn with. */
  readonly color: '--accent' | '--soft';
  readonly dashed?: boolean;
  /** Only whole numbers stand at its axis. */
  readonly whole?: boolean;
  /** As it stands at the axis. */
  readonly tick: (value: number) => string;
}

export interface Drawing {
  /** Dates as `2026-05-04`, without a gap. The last one is marked. */
  readonly days: readonly string[];
  readonly dayTick: (day: string) => string;
  readonly lines: readonly Line[];
  readonly lastMark: string;
  readonly height: number;
  /** The day beneath the pointer, `undefined` when it leaves. */
  readonly onPoint: (index: number | undefined) => void;
}

const dayS = 86_400;
/** Sides of an axis, as uPlot counts them. */
const left = 3;
const right = 1;
const font = '12px ui-sans-serif, system-ui, sans-serif';

/** Draws into the element and keeps to its width. Answers with how to remove it. */
export const plot = (host: HTMLElement, { days, dayTick, lines, lastMark, height, onPoint }: Drawing): (() => void) => {
  const color = (name: string): string => getComputedStyle(host).getPropertyValue(name).trim();
  const seconds = days.map((day) => Date.parse(`${day}T00:00:00Z`) / 1_000);
  const drawn = new uPlot(
    {
      width: host.clientWidth,
      height,
      padding: [18, lines.length > 1 ? 0 : 12, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 8 } },
      tzDate: (at) => uPlot.tzDate(new Date(at * 1_000), 'Etc/UTC'),
      scales: Object.fromEntries([
        ['x', { time: true }],
        ...lines.map(({ name }) => [name, { range: { min: { hard: 0, soft: 0, mode: 1 }, max: { pad: 0.1, soft: 1, mode: 2 } } }]),
      ]),
      series: [
        {},
        ...lines.map(({ name, color: stroke, dashed }) => ({
          scale: name,
          stroke: color(stroke),
          width: 2,
          points: { show: false },
          ...(dashed ? { dash: [4, 4], width: 1.5 } : {}),
        })),
      ],
      axes: [
        {
          font,
          stroke: color('--soft'),
          incrs: [dayS, 2 * dayS, 7 * dayS, 14 * dayS],
          space: 64,
          size: 28,
          grid: { show: false },
          ticks: { show: false },
          values: (_, at) => at.map((second) => dayTick(new Date(second * 1_000).toISOString().slice(0, 10))),
        },
        ...lines.map(({ name, color: stroke, tick, whole }, index) => ({
          scale: name,
          side: index === 0 ? left : right,
          font,
          stroke: color(stroke),
          space: 32,
          size: (_: uPlot, labels: string[] | null) => 20 + Math.max(0, ...(labels ?? []).map((label) => label.length)) * 7,
          grid: { show: index === 0, stroke: color('--line'), width: 1 },
          ticks: { show: false },
          values: (_: uPlot, at: number[]) => at.map((value) => tick(value)),
          ...(whole ? { incrs: wholeSteps } : {}),
        })),
      ],
      hooks: {
        draw: [(self) => markLast(self, seconds.at(-1) ?? 0, lastMark, color('--soft'))],
        setCursor: [({ cursor: { idx } }) => onPoint(idx ?? undefined)],
      },
    },
    [seconds, ...lines.map(({ values }) => [...values])],
    host,
  );
  const watch = new ResizeObserver(() => drawn.setSize({ width: host.clientWidth, height }));
  watch.observe(host);
  return () => {
    watch.disconnect();
    drawn.destroy();
  };
};

const wholeSteps = [1, 2, 5].flatMap((step) => [0, 1, 2, 3, 4, 5, 6].map((power) => step * 10 ** power)).toSorted((a, b) => a - b);

const markLast = ({ ctx, bbox, valToPos }: uPlot, at: number, words: string, color: string): void => {
  const x = Math.round(valToPos(at, 'x', true));
  ctx.save();
  ctx.strokeStyle = color;
  ctx.fillStyle = color;
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = font.replace('12', String(12 * devicePixelRatio));
  ctx.textAlign = 'right';
  ctx.fillText(words, x, bbox.top - 6 * devicePixelRatio);
  ctx.restore();
};
