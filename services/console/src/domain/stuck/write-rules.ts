import type { Facts } from '../sentence.ts';
import { type Action, action } from './actions.ts';
import type { CommandFacts, Known } from './facts.ts';
import { type Finding, isOverdue, one, present, rule, saying } from './reason.ts';
import { whyPending } from './why-pending.ts';

/** What Amazon may have done or not: only a person can say. */
export const doubtRules = [
  rule({
    code: 'write-uncertain',
    waitsFor: 'person',
    when: 'Amazon was asked, gave no answer, and does not show whether it did it.',
    mendedBy: 'Look into Seller Central, then settle it by hand, or send it again; Amazon can be read once more.',
    find: (known) => {
      if (known.commands === undefined) return doubtsOfOthers(known);
      return known.commands.filter(isUncertain).map((command) => ({
        facts: { ...about(known, command), ...lastSaidOf(command), context: isMoney(command) ? 'money' : 'plain' },
        since: command.uncertainAt ?? command.requestedAt,
        actions: decisionsOn(command),
      }));
    },
  }),
] as const;

/** What was asked of Amazon and is not through. */
export const waitingRules = [
  pendingRule('store-deleted', 'operator', 'Its store was deleted here: nothing is sent for it any more.', 'Settle it by hand.'),
  pendingRule(
    'access-refused',
    'operator',
    'Amazon refuses access: credentials, authorization or a role.',
    'Mend that in Seller Central or here, then send it.',
  ),
  pendingRule('read-only', 'operator', 'The store or the whole installation is read-only: nothing is sent.', 'End the read-only mode.'),
  pendingRule('write-store-paused', 'operator', 'A person has paused the store.', 'Resume it.'),
  pendingRule('circuit-open', 'time', 'Amazon failed too often: calls of this kind rest for a while.', 'It tries by itself.'),
  pendingRule('rate-limited', 'time', "Amazon's quota is used up.", 'It is sent at the next attempt.'),
  pendingRule('write-retries', 'amazon', 'An attempt failed without any effect.', 'It tries by itself; it can be sent at once.'),
  pendingRule('write-scheduled', 'time', 'It is not due yet: the parcel leaves later.', 'It is sent then.'),
  rule({
    code: 'write-read-back',
    waitsFor: 'amazon',
    when: 'It was sent, and nobody heard an answer: Amazon is read back to see what became of it.',
    mendedBy: 'The next look, which can be had at once. A parcel can be told again: Amazon takes it under the same number.',
    find: (known) =>
      commandsOf(known, 'unknown')
        .filter((command) => !isUncertain(command))
        .map((command) => ({
          facts: { ...about(known, command), ...lastSaidOf(command) },
          since: command.requestedAt,
          nextAttemptAt: command.nextAttemptAt,
          actions: [readBack(command), command.kind === 'shipment' ? sendNow(command) : undefined],
        })),
  }),
  rule({
    code: 'feed-stuck',
    waitsFor: 'amazon',
    when: 'Amazon has had its feed for hours and does not finish it; others of the kind wait behind it.',
    mendedBy: "Take it back while it is in Amazon's queue, else Amazon's support.",
    find: (known) => feedFindings(known, true),
  }),
  rule({
    code: 'feed-in-progress',
    waitsFor: 'amazon',
    when: 'Amazon has it in a feed and has not finished.',
    mendedBy: "Amazon's report, looked for by itself.",
    find: (known) => feedFindings(known, false),
  }),
  rule({
    code: 'write-under-way',
    waitsFor: 'amazon',
    when: 'It is being sent for more than a minute.',
    mendedBy: "Amazon's answer; after three minutes it is read back.",
    find: (known) =>
      commandsOf(known, 'sending')
        .filter(({ feedId, requestedAt }) => feedId === undefined && isOverdue(requestedAt, known))
        .map((command) => ({ facts: about(known, command), since: command.requestedAt })),
  }),
  pendingRule('write-next', 'time', 'It is next to be sent, for more than a minute.', 'It is sent by itself; it can be sent at once.'),
  pendingRule('write-behind', 'time', 'Another one, which was asked for earlier, has to be through first.', 'What becomes of that.'),
] as const;

/** All commands that wait for the same are one finding: the oldest is named. */
function pendingRule<const Code extends ReturnType<typeof whyPending>['code']>(
  code: Code,
  waitsFor: 'operator' | 'time' | 'amazon',
  when: string,
  mendedBy: string,
) {
  return rule<Code>({
    code,
    waitsFor,
    when,
    mendedBy,
    find: (known) => {
      const waiting = commandsOf(known, 'pending')
        .map((command) => ({ command, why: whyPending(known, command) }))
        .filter(({ why }) => why.code === code);
      const [first] = waiting;
      return one(
        first && {
          facts: { ...about(known, first.command), ...first.why.facts, count: waiting.length, others: waiting.length - 1 },
          since: first.command.requestedAt,
          nextAttemptAt: first.why.nextAttemptAt,
          actions: first.why.actions ?? [],
        },
      );
    },
  });
}

/** Oldest first: what was asked last comes first from the gateway. */
const commandsOf = ({ commands = [] }: Known, state: CommandFacts['state']): readonly CommandFacts[] =>
  commands.filter((command) => command.state === state).toReversed();

const feedFindings = (known: Known, isStuck: boolean): readonly Finding[] =>
  commandsOf(known, 'sending').flatMap((command): Finding[] => {
    const feed = known.feeds?.find(({ id }) => id === command.feedId);
    if (command.feedId === undefined || (feed?.stuckAt !== undefined) !== isStuck) return [];
    if (!isStuck && !isOverdue(command.requestedAt, known)) return [];
    const submittedAt = feed?.submittedAt;
    const takeBack = feed?.amazonStatus === 'IN_QUEUE' ? action('cancel-feed', `/feeds/${command.feedId}/cancel`) : undefined;
    return [
      {
        facts: { ...about(known, command), context: submittedAt === undefined ? 'gathering' : 'submitted', ...present({ submittedAt }) },
        since: submittedAt ?? command.requestedAt,
        nextAttemptAt: feed?.nextLookAt,
        actions: [isStuck ? takeBack : undefined],
      },
    ];
  });

/** What a command is about, as the words name it: `about` chooses the noun, the rest is in it. */
const about = ({ shipping, invoices = [], creditMemos = [] }: Known, { kind, request }: CommandFacts): Facts => {
  const parcel = shipping?.shipments.find(({ id }) => id === request.shipmentId);
  if (parcel !== undefined) return { about: 'parcel', position: parcel.position };
  const memo = creditMemos.find(({ creditMemoId }) => creditMemoId === request.refundId);
  if (memo !== undefined) return { about: 'refund', totalMinor: memo.totalMinor, currency: memo.currency };
  const number =
    invoices.find(({ invoiceId }) => invoiceId === request.documentId)?.number ??
    creditMemos.find(({ creditMemoId }) => creditMemoId === request.documentId)?.number;
  if (number !== undefined) return { about: 'document', number };
  return { about: `some-${kind}` };
};

const isUncertain = ({ state, nextAttemptAt }: CommandFacts): boolean => state === 'unknown' && nextAttemptAt === undefined;
const isMoney = ({ kind }: CommandFacts): boolean => kind === 'refund';
const lastSaidOf = ({ readBack, answer }: CommandFacts): Facts => saying(readBack?.words === undefined ? answer : readBack);

const sendNow = ({ id, kind }: CommandFacts): Action => action(kind === 'refund' ? 'send-refund' : 'send-now', `/commands/${id}/retry`);

/** No look shows what became of a document. */
const readBack = ({ id, kind }: CommandFacts): Action | undefined => {
  if (kind === 'invoice') return undefined;
  return action(kind === 'refund' ? 'read-back-refund' : 'read-back', `/commands/${id}/read-back`);
};

const decisionsOn = (command: CommandFacts): readonly (Action | undefined)[] => {
  const { id, kind } = command;
  const at = `/commands/${id}`;
  if (kind === 'refund')
    return [
      action('settle-refund-done', `${at}/settle`, { as: 'done' }),
      action('settle-refund-failed', `${at}/settle`, { as: 'failed' }),
      readBack(command),
      action('send-refund', `${at}/retry`),
    ];
  const settle = [
    action('settle-done', `${at}/settle`, { as: 'done' }),
    action('settle-failed', `${at}/settle`, { as: 'failed' }),
  ] as const;
  return kind === 'shipment'
    ? [action('send-now', `${at}/retry`), readBack(command), ...settle]
    : [...settle, readBack(command), action('send-again', `${at}/retry`)];
};

/** While the gateway is away: what the parcels and credit memos say of it. */
const doubtsOfOthers = ({ shipping, creditMemos = [] }: Known): readonly Finding[] => [
  ...(shipping?.shipments ?? [])
    .filter(({ state, amazon }) => state === 'shipped' && amazon.state === 'uncertain')
    .map(({ position, amazon }) => ({ facts: { about: 'parcel', position, words: amazon.words, context: 'plain' }, since: amazon.toldAt })),
  ...creditMemos.flatMap(({ uncertain, totalMinor, currency }) =>
    uncertain === undefined
      ? []
      : [{ facts: { about: 'refund', totalMinor, currency, words: uncertain.words, context: 'money' }, since: uncertain.since }],
  ),
];
