import { type AlertKind, isAlertKind } from '../alerts/kinds.ts';
import type { Rule, RuleInput } from './rules.ts';

/** A recipient as it is being typed. */
export interface TargetDraft {
  /** Of the form, so that rows keep what was typed. */
  readonly row: string;
  readonly channel: 'mail' | 'slack' | 'webhook';
  /** The address, or what is shown of a hook's. */
  readonly to: string;
  readonly language: '' | 'en' | 'de';
  /** Of a hook that is known already: its address is a secret, which stays as long as what is shown of it does. */
  readonly id?: string | undefined;
}

/** A rule as it is being typed. */
export interface Draft {
  readonly id?: string | undefined;
  readonly name: string;
  readonly enabled: boolean;
  readonly targets: readonly TargetDraft[];
  readonly allKinds: boolean;
  readonly kinds: readonly AlertKind[];
  readonly language: 'en' | 'de';
  readonly timeZone: string;
  readonly when: 'at-once' | 'hourly' | 'daily';
  readonly throttleMinutes: number | string;
  readonly dailyAt: string;
  readonly quiet: boolean;
  readonly from: string;
  readonly until: string;
  readonly except: readonly AlertKind[];
}

export const emptyTarget = (): TargetDraft => ({ row: crypto.randomUUID(), channel: 'mail', to: '', language: '' });

export const newDraft = (language: 'en' | 'de', timeZone: string): Draft => ({
  ...{ name: '', enabled: true, targets: [emptyTarget()], allKinds: true, kinds: [], language, timeZone },
  ...{ when: 'at-once', throttleMinutes: 15, dailyAt: '08:00', quiet: false, from: '20:00', until: '06:30', except: [] },
});

export const draftOf = (rule: Rule): Draft => ({
  ...newDraft(rule.language, rule.timeZone),
  ...{ id: rule.id, name: rule.name, enabled: rule.enabled, allKinds: rule.kinds === 'all' },
  kinds: rule.kinds === 'all' ? [] : rule.kinds,
  targets: rule.targets.map((target) => ({
    ...{ row: target.id, id: target.id, channel: target.channel, language: target.language ?? '' },
    to: 'address' in target ? target.address : target.url,
  })),
  when: rule.schedule.when,
  ...(rule.schedule.when === 'at-once' ? { throttleMinutes: rule.schedule.throttleMinutes } : {}),
  ...(rule.schedule.when === 'daily' ? { dailyAt: rule.schedule.at.join(', ') } : {}),
  ...(rule.quietHours ? { quiet: true, ...rule.quietHours } : {}),
});

const targetOf = ({ channel, to, language, id }: TargetDraft): RuleInput['targets'][number] => {
  const spoken = language === '' ? {} : { language };
  if (channel === 'mail') return { channel, address: to.trim(), ...spoken };
  return { channel, url: to.trim(), ...(id === undefined ? {} : { id }), ...spoken };
};

const scheduleOf = ({ when, throttleMinutes, dailyAt }: Draft): RuleInput['schedule'] => {
  if (when === 'at-once') return { when, throttleMinutes: Number(throttleMinutes) };
  return when === 'hourly' ? { when } : { when, at: dailyAt.split(',').map((at) => at.trim()) };
};

/** As the service takes it. */
export const inputOf = (draft: Draft): RuleInput => ({
  ...(draft.id === undefined ? {} : { id: draft.id }),
  ...{ name: draft.name.trim(), enabled: draft.enabled, language: draft.language, timeZone: draft.timeZone },
  kinds: draft.allKinds ? 'all' : [...draft.kinds],
  targets: draft.targets.map(targetOf),
  schedule: scheduleOf(draft),
  ...(draft.quiet ? { quietHours: { from: draft.from, until: draft.until, except: [...draft.except] } } : {}),
});

/** What is read can be written: rules that nobody touches are written back as they are. */
export const asRead = (rule: Rule): RuleInput => inputOf(draftOf(rule));

export const isComplete = ({ name, targets, allKinds, kinds }: Draft): boolean =>
  name.trim() !== '' && targets.length > 0 && targets.every(({ to }) => to.trim() !== '') && (allKinds || kinds.length > 0);

export const kindsFrom = (chosen: readonly string[]): AlertKind[] => chosen.filter(isAlertKind);
