import { allStores } from '@orderbus/contracts';
import type { Alert, AlertKind } from '../domain/alert.ts';
import type { Voice } from '../domain/language.ts';
import { embedded } from './formats.ts';
import type { PageValues } from './frames.ts';
import { linkTo } from './links.ts';
import type { FrameWords, Templates } from './templates.ts';

export type ToldAlert = Omit<Alert, 'watchId' | 'resolvedBy'>;

/** What a message tells, of which a part is shown. */
export interface Content {
  /** Those that are shown, of each kind the oldest first. One at least. */
  readonly alerts: readonly ToldAlert[];
  /** How many there are of each kind, shown or not. */
  readonly counts: Readonly<Partial<Record<AlertKind, number>>>;
  readonly rule: string;
  readonly test: boolean;
}

export interface Words {
  /** One line. */
  readonly title: string;
  readonly text: string;
  /** A whole page. */
  readonly html: string;
}

/** One alert as it is now, told in full; several of them as a list with their count. What has been settled meanwhile is told as settled. */
export const compose = (templates: Templates, content: Content, voice: Voice, consoleUrl: string | undefined): Words => {
  const [only, ...others] = content.alerts;
  const count = Object.values(content.counts).reduce((sum, more) => sum + more, 0);
  const single = only !== undefined && others.length === 0 && count === 1 ? only : undefined;
  const words = single ? message(templates, single, content, voice, consoleUrl) : digest(templates, count, content, voice, consoleUrl);
  const { title, text, html, foot } = words;
  return {
    title,
    text: `${text}\n`,
    html: templates.page({ language: voice.language, title, tone: toneOf(content), content: html, foot }, voice),
  };
};

const message = (
  templates: Templates,
  alert: ToldAlert,
  { rule, test }: Content,
  voice: Voice,
  consoleUrl: string | undefined,
): FrameWords => {
  const { name, title, text, html } = templates.alert(alert.data, voice);
  return templates.message(
    {
      ...{ name, title, text: embedded(text), html, rule, test, raisedAt: alert.raisedAt },
      ...storeOf(alert),
      ...(alert.resolvedAt === null ? {} : { resolvedAt: alert.resolvedAt }),
      ...linkTo(consoleUrl, test ? 'alerts' : `alerts/${alert.id}`),
    },
    voice,
  );
};

const digest = (
  templates: Templates,
  count: number,
  { alerts, counts, rule }: Content,
  voice: Voice,
  consoleUrl: string | undefined,
): FrameWords => {
  const times = alerts.map(({ raisedAt }) => raisedAt).sort();
  const urgentFirst = alerts.toSorted((a, b) => Number(b.severity === 'attention') - Number(a.severity === 'attention'));
  const groups = [...Map.groupBy(urgentFirst, ({ kind }) => kind)].map(([kind, shown]) => {
    const all = counts[kind] ?? shown.length;
    const told = shown.map((alert) => ({ ...alert, words: templates.alert(alert.data, voice) }));
    return {
      name: told[0]?.words.name ?? kind,
      count: all,
      more: all - shown.length,
      alerts: told.map(({ id, tenant, words, resolvedAt }) => ({
        ...{ title: words.title, ...storeOf({ tenant }), resolved: resolvedAt !== null },
        ...linkTo(consoleUrl, `alerts/${id}`),
      })),
    };
  });
  const manyStores = new Set(alerts.map(({ tenant }) => tenant)).size > 1;
  const [from = '', until = from] = [times[0], times.at(-1)];
  return templates.digest({ count, from, until, groups, manyStores, rule, ...linkTo(consoleUrl, 'alerts') }, voice);
};

const storeOf = ({ tenant }: Pick<ToldAlert, 'tenant'>): { store?: string } => (tenant === allStores ? {} : { store: tenant });

const toneOf = ({ alerts, test }: Content): PageValues['tone'] => {
  if (test) return 'test';
  if (alerts.every(({ resolvedAt }) => resolvedAt !== null)) return 'settled';
  return alerts.some(({ severity, resolvedAt }) => severity === 'attention' && resolvedAt === null) ? 'attention' : 'info';
};
