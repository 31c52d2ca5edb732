import type { CDPSession, Page } from 'playwright-core';
import { type Spread, spreadOf } from '../spread.ts';

/** Several seconds of scrolling with a wheel, by what the browser says of itself. */
export interface Scrolling {
  readonly rowsPerSecond: number;
  /** Frames that were drawn, each second; a display has 60. */
  readonly framesPerSecond: number;
  /** Between two frames of the page, in milliseconds. */
  readonly intervals: Spread;
  /** What the page's own thread had to do for each of them, in milliseconds. */
  readonly work: Spread;
  /** Share of the frames whose work did not fit into a sixtieth of a second. */
  readonly late: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  /** In microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Of the processor alone: what the thread waited for, while others had it, is not in it. */
  readonly tdur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly args?: { readonly name?: string };
}

const rowHeight = 36;
const frameMs = 1_000 / 60;

export const scroll = async (page: Page, rows: number, rowsPerSecond: number): Promise<Scrolling> => {
  const session = await page.context().newCDPSession(page);
  const events = await traced(session, () => wheel(session, rows * rowHeight, rowsPerSecond * rowHeight));
  await session.detach();
  return { rowsPerSecond, ...readTrace(events) };
};

/** As a wheel or a touchpad does it: the browser makes the steps, one for each frame of its own. */
const wheel = async (session: CDPSession, pixels: number, pixelsPerSecond: number): Promise<void> => {
  await session.send('Input.synthesizeScrollGesture', {
    ...{ x: 700, y: 500, yDistance: -pixels, speed: pixelsPerSecond, gestureSourceType: 'mouse', preventFling: true },
  });
};

const categories = [
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
];

const traced = async (session: CDPSession, work: () => Promise<void>): Promise<TraceEvent[]> => {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: categories } });
  await work();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  return events;
};

/** The page's own thread is the one that its scripts ran on; frames are drawn by another one of the same process, also while that is busy. */
const readTrace = (events: readonly TraceEvent[]): Omit<Scrolling, 'rowsPerSecond'> => {
  const [page] = mainThreads(events).toSorted((one, other) => busy(tasksOf(events, other)) - busy(tasksOf(events, one)));
  if (page === undefined) throw new Error('the trace knows no page');
  const begun = timesOf(events, page.pid, 'BeginMainThreadFrame');
  const drawn = timesOf(events, page.pid, 'DrawFrame');
  const tasks = tasksOf(events, page);
  const work = begun.slice(0, -1).map((from, n) => {
    const to = begun[n + 1] ?? from;
    return busy(tasks.filter(({ ts }) => ts >= from && ts < to)) / 1_000;
  });
  const seconds = ((drawn.at(-1) ?? 0) - (drawn[0] ?? 0)) / 1_000_000;
  return {
    framesPerSecond: (drawn.length - 1) / seconds,
    intervals: spreadOf(drawn.slice(1).map((at, n) => (at - (drawn[n] ?? at)) / 1_000)),
    work: spreadOf(work),
    late: work.filter((ms) => ms > frameMs).length / work.length,
  };
};

type Thread = Pick<TraceEvent, 'pid' | 'tid'>;

const mainThreads = (events: readonly TraceEvent[]): Thread[] =>
  events.filter(({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args?.name === 'CrRendererMain');

const tasksOf = (events: readonly TraceEvent[], { pid, tid }: Thread): TraceEvent[] =>
  events.filter((event) => event.name === 'RunTask' && event.ph === 'X' && event.pid === pid && event.tid === tid);

const busy = (tasks: readonly TraceEvent[]): number => tasks.reduce((sum, { tdur = 0 }) => sum + tdur, 0);

const timesOf = (events: readonly TraceEvent[], pid: number, name: string): number[] =>
  events
    .filter((event) => event.name === name && event.pid === pid)
    .map(({ ts }) => ts)
    .sort((one, other) => one - other);
