import { parser } from '@prometheus-io/lezer-promql';

/** A rule of Prometheus: an alert, or a series that is recorded. */
export interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A number of a rule, made a tenth larger or smaller. A zero becomes one, and minus one. */
export interface Altered {
  readonly rule: Rule;
  /** For people. */
  readonly what: string;
}

/** Every number of a rule, altered in both directions: thresholds, windows, buckets, and how long it has to hold. */
export const alterationsOf = (rule: Rule): Altered[] =>
  directions.flatMap((direction) => [
    ...placesOf(rule.expr).map(({ from, to, altered }) => {
      const now = altered(direction);
      return {
        rule: { ...rule, expr: rule.expr.slice(0, from) + now + rule.expr.slice(to) },
        what: `${rule.expr.slice(from, to)} → ${now} at ${from}`,
      };
    }),
    ...(rule.for === undefined
      ? []
      : [{ rule: { ...rule, for: duration(rule.for, direction) }, what: `for ${rule.for} → ${duration(rule.for, direction)}` }]),
  ]);

/** How promtool names a rule whose test fails: an alert, or the beginning of a query of a recorded series. */
export const testedAs = ({ alert, record, labels }: Rule): string => {
  if (alert !== undefined) return alert;
  return labels?.slo === undefined ? `${record}{` : `${record}{slo="${labels.slo}"}`;
};

type Direction = (typeof directions)[number];
const directions = [1, -1] as const;

interface Place {
  readonly from: number;
  readonly to: number;
  altered(direction: Direction): string;
}

const placesOf = (expr: string): Place[] => {
  const places: Place[] = [];
  parser.parse(expr).iterate({
    enter: ({ name, from, to, node }) => {
      const text = expr.slice(from, to);
      if (name === 'NumberDurationLiteral') places.push({ from, to, altered: (direction) => number(Number(text), direction) });
      if (name === 'NumberDurationLiteralInDurationContext') places.push({ from, to, altered: (direction) => duration(text, direction) });
      if (name === 'StringLiteral' && /^le\b/.test(expr.slice(node.parent?.from, from)))
        places.push({ from, to, altered: (direction) => text.replace(/[\d.]+\d|\d/, (bucket) => number(Number(bucket), direction)) });
    },
  });
  return places;
};

const number = (value: number, direction: Direction): string =>
  String(value === 0 ? direction : Number((value * (1 + direction / 10)).toPrecision(6)));

const seconds = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

const duration = (text: string, direction: Direction): string => {
  const parts = [...text.matchAll(/(\d+)(ms|[smhdw])/g)];
  const total = parts.reduce((sum, [, count, unit]) => sum + Number(count) * seconds[unit as keyof typeof seconds], 0);
  return `${Math.round(total * (10 + direction) * 100)}ms`;
};
