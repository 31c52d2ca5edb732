import type { Facts } from '../sentence.ts';
import { type Action, action } from './actions.ts';
import type { CommandFacts, Known, StoreFacts } from './facts.ts';
import { isOverdue, present, saying } from './reason.ts';

type PendingCode =
  | 'store-deleted'
  | 'access-refused'
  | 'read-only'
  | 'write-store-paused'
  | 'circuit-open'
  | 'rate-limited'
  | 'write-retries'
  | 'write-scheduled'
  | 'write-next'
  | 'write-behind'
  | 'in-time';

/** Why a command is not sent. `in-time`: it has just been asked for. */
export interface WhyPending {
  readonly code: PendingCode;
  readonly facts?: Facts;
  readonly nextAttemptAt?: string | undefined;
  readonly actions?: readonly (Action | undefined)[];
}

export const whyPending = (known: Known, command: CommandFacts): WhyPending =>
  heldByStore(known, command) ?? heldByAmazon(known, command) ?? inLine(known, command);

const heldByStore = ({ store, installation }: Known, { id, kind }: CommandFacts): WhyPending | undefined => {
  if (store === null) {
    const settle = kind === 'refund' ? 'settle-refund-failed' : 'settle-failed';
    return { code: 'store-deleted', actions: [action(settle, `/commands/${id}/settle`, { as: 'failed' })] };
  }
  if (store?.pausedBy === 'person') return { code: 'write-store-paused', facts: { store: store.name }, actions: [resume(store)] };
  if (installation?.needsConfirmation)
    return { code: 'read-only', facts: { context: 'copied' }, actions: [action('confirm-installation', '/installation/confirm')] };
  if (installation?.readOnly)
    return {
      code: 'read-only',
      facts: { context: installation.by === undefined ? 'all' : 'person', ...present({ by: installation.by }) },
      actions: [action('end-read-only', '/installation/read-only', { readOnly: false })],
    };
  if (store?.readOnly)
    return {
      code: 'read-only',
      facts: { context: 'store', store: store.name },
      actions: [action('end-read-only-of-store', `/stores/${encodeURIComponent(store.id)}`, { readOnly: false })],
    };
  return undefined;
};

const heldByAmazon = (known: Known, command: CommandFacts): WhyPending | undefined => {
  const { store, now } = known;
  const { nextAttemptAt, answer, attempts, behind } = command;
  if (behind !== undefined) return undefined;
  const said = saying(answer);
  if (answer?.code !== undefined && refused.has(answer.code))
    return { code: 'access-refused', facts: said, nextAttemptAt, actions: [send(command), ...(store ? opening(store) : [])] };
  if (answer?.code === 'circuit.open' || (store && isOpen(store, command))) return { code: 'circuit-open', nextAttemptAt };
  if (nextAttemptAt === undefined || nextAttemptAt <= now) return undefined;
  if (answer === undefined) return { code: 'write-scheduled', nextAttemptAt };
  if (answer.code !== undefined && throttled.has(answer.code)) return { code: 'rate-limited', nextAttemptAt };
  return { code: 'write-retries', facts: { ...said, attempts }, nextAttemptAt, actions: [send(command)] };
};

const inLine = (known: Known, command: CommandFacts): WhyPending => {
  if (!isOverdue(command.requestedAt, known)) return { code: 'in-time' };
  return command.behind === undefined ? { code: 'write-next', actions: [send(command)] } : { code: 'write-behind' };
};

const refused = new Set(['amazon.access-denied', 'amazon.login-refused']);
const throttled = new Set(['amazon.quota-exceeded', 'budget.exhausted']);

const isOpen = ({ circuits }: StoreFacts, { kind }: CommandFacts): boolean =>
  circuits.login === 'open' || circuits[circuitOf[kind]] === 'open';

const circuitOf: Readonly<Record<CommandFacts['kind'], 'writes' | 'feeds' | 'contacts'>> = {
  shipment: 'writes',
  pickup: 'writes',
  cancellation: 'feeds',
  refund: 'feeds',
  invoice: 'feeds',
  contact: 'contacts',
};

export const resume = ({ id }: StoreFacts): Action => action('resume-store', `/stores/${encodeURIComponent(id)}/resume`);

/** What opens a store again to which Amazon refuses access. */
export const opening = ({ id }: StoreFacts): readonly Action[] => {
  const at = `/stores/${encodeURIComponent(id)}`;
  return [action('test-store', `${at}/test`), action('renew-credentials', `${at}/credentials`)];
};

/** It surely did not happen: sending it does no harm, whatever it is. */
const send = ({ id, kind }: CommandFacts): Action =>
  action(kind === 'refund' ? 'send-waiting-refund' : 'send-now', `/commands/${id}/retry`);
