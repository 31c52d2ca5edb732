import { type FieldIssue, newId } from '@orderbus/kernel';
import { invalidRequest, type KeyRing } from '@orderbus/service-kit';
import type { Rule, RuleTarget } from '../domain/rule.ts';
import { mailTarget } from '../domain/usual-rules.ts';
import { sealAddress } from '../hook-address.ts';
import type { SealedTarget } from '../store/rules.ts';
import type { SafePost } from '../webhooks/safe-post.ts';
import { shownUrl } from '../webhooks/sealed-target.ts';
import { issueOf } from '../webhooks/target/issue.ts';
import type { RuleInput, RuleSetView } from './rule-schema.ts';

/** What this installation can do. */
export interface Means {
  /** Is there a mail server? */
  readonly mail: boolean;
  /** Seals the addresses of hooks. */
  readonly ring: KeyRing;
  readonly check: SafePost['check'];
}

export interface Settled {
  readonly rules: readonly Rule[];
  /** The addresses of hooks that are new. */
  readonly sealed: readonly SealedTarget[];
}

/** The rules as they are kept. @throws AppError `request.invalid` that names every target that cannot be told anything. */
export const settleRules = async (inputs: readonly RuleInput[], before: readonly Rule[], means: Means): Promise<Settled> => {
  const known = new Map(before.flatMap(({ targets }) => targets).map((target) => [target.id, target]));
  const rulesBefore = new Set(before.map(({ id }) => id));
  const issues: FieldIssue[] = [];
  const sealed: SealedTarget[] = [];

  const settleTarget = async (input: TargetInput, field: string): Promise<RuleTarget[]> => {
    const found = input.channel === 'mail' ? settleMail(input, means) : await settleHook(input, known, means);
    if ('wrong' in found) {
      issues.push({ ...found.wrong, field: `${field}.${found.wrong.field}` });
      return [];
    }
    if (found.sealed) sealed.push(found.sealed);
    return [{ ...found.target, ...(input.language === undefined ? {} : { language: input.language }) }];
  };

  const rules: Rule[] = [];
  for (const [n, { id, targets, quietHours, ...input }] of inputs.entries()) {
    const settled = await Promise.all(targets.map((target, t) => settleTarget(target, `rules.${n}.targets.${t}`)));
    rules.push({
      ...{ ...input, id: id !== undefined && rulesBefore.has(id) ? id : newId(), targets: settled.flat() },
      ...(quietHours === undefined ? {} : { quietHours }),
    });
  }
  issues.push(...duplicates(rules));
  if (issues.length > 0) throw invalidRequest(issues);
  return { rules, sealed };
};

type TargetInput = RuleInput['targets'][number];
type HookInput = Exclude<TargetInput, { channel: 'mail' }>;
type Found = { readonly target: RuleTarget; readonly sealed?: SealedTarget } | { readonly wrong: FieldIssue };

const settleMail = ({ address }: Extract<TargetInput, { channel: 'mail' }>, { mail }: Means): Found =>
  mail
    ? { target: mailTarget(address) }
    : { wrong: { field: 'address', message: 'There is no mail server: SMTP_URL is not set', code: 'rule.no-mail-server' } };

const settleHook = async ({ channel, id: given, url }: HookInput, known: ReadonlyMap<string, RuleTarget>, means: Means): Promise<Found> => {
  const kept = given === undefined ? undefined : known.get(given);
  if (given !== undefined && kept?.channel !== channel)
    return { wrong: { field: 'id', message: 'There is no such target', code: 'rule.unknown-target' } };
  if (kept && (url === undefined || url === kept.shown)) return { target: { id: kept.id, channel, shown: kept.shown } };
  if (url === undefined) return { wrong: { field: 'url', message: 'Needed: where to', code: 'field.missing' } };
  const wrong = await issueOf(means, url);
  if (wrong) return { wrong };
  const id = kept?.id ?? newId();
  return { target: { id, channel, shown: shownUrl(url) }, sealed: { id, sealed: sealAddress(means.ring, id, url) } };
};

/** Twice in one rule, somebody would be told everything twice. */
const duplicates = (rules: readonly Rule[]): FieldIssue[] =>
  rules.flatMap(({ targets }, n) =>
    targets.flatMap(({ id }, t) =>
      targets.findIndex((target) => target.id === id) < t
        ? [{ field: `rules.${n}.targets.${t}`, message: 'Twice in one rule', code: 'rule.target-twice' }]
        : [],
    ),
  );

export const viewOfRules = (rules: readonly Rule[], inherited: boolean): RuleSetView => ({
  inherited,
  rules: rules.map(({ quietHours, kinds, schedule, targets, ...rule }) => ({
    ...rule,
    kinds: kinds === 'all' ? kinds : [...kinds],
    schedule: schedule.when === 'daily' ? { ...schedule, at: [...schedule.at] } : schedule,
    ...(quietHours === undefined ? {} : { quietHours: { ...quietHours, except: [...quietHours.except] } }),
    targets: targets.map(({ channel, shown, ...target }) =>
      channel === 'mail' ? { ...target, channel, address: shown } : { ...target, channel, url: shown },
    ),
  })),
});
