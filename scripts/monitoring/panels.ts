/** A dashboard as we describe it; `grafana.ts` makes of it what Grafana reads. */
export interface Dashboard {
  /** Also its file and the end of its address. */
  readonly uid: string;
  readonly title: string;
  /** Variables to choose series by: label, and a metric that has it. */
  readonly variables?: readonly Variable[];
  readonly rows: readonly Row[];
}

export interface Variable {
  readonly label: string;
  readonly metric: string;
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** Of Grafana's units, those that are used here. */
type Unit = 'short' | 's' | 'bytes' | 'percentunit' | 'reqps' | 'ops' | 'none' | 'dtdurations';

export interface Panel {
  readonly title: string;
  readonly unit: Unit;
  /** Default: a course over time. */
  readonly as?: 'stat' | 'bars';
  readonly queries: readonly Query[];
  /** Shown in red from here on. */
  readonly alarmAt?: number;
  /** What it says, where the title does not. */
  readonly about?: string;
}

export interface Query {
  readonly expr: string;
  /** `{{label}}` of each series. */
  readonly legend: string;
}

export const q = (expr: string, legend = ''): Query => ({ expr, legend });

/** A quantile of a histogram, by some of its labels. */
export const quantile = (share: number, metric: string, by: readonly string[], selector = ''): string =>
  `histogram_quantile(${share}, sum by (${[...by, 'le'].join(', ')}) (rate(${metric}_bucket${selector}[$__rate_interval])))`;
