import { eventually } from '@orderbus/testkit';
import { booksOf, gapsIn } from './books.ts';
import { type Finding, finding, type Harm, type Invariant } from './finding.ts';
import { judgeHandling } from './handled.ts';
import { everyItem, told } from './http.ts';
import { type Installation, serviceNames } from './installation.ts';
import { judgeTaking } from './taken.ts';
import { ordersAtAmazon, type TrueOrder } from './truth.ts';
import { judgeWrites } from './writes.ts';

export interface JudgeOptions {
  /** Amazon numbers that Amazon tells wrongly: they are not judged until it does not. */
  readonly unreadable?: readonly string[];
  /** It was restored: it does not know what it asked Amazon for after the backup. The test has to look at Amazon's ledger itself. */
  readonly restored?: boolean;
  /** Its console has begun later than the other services. */
  readonly consoleIsLater?: boolean;
  readonly withinMs?: number;
}

/** Waits until there is nothing to complain about: it may take a while, but it ends there. */
export const expectEverythingRight = (installation: Installation, { withinMs = 90_000, ...options }: JudgeOptions = {}): Promise<void> =>
  eventually(
    async () => {
      const complaints = await complaintsAbout(installation, options);
      if (complaints.length > 0) throw new Error(`The judge complains:\n${complaints.join('\n')}`);
    },
    { withinMs, everyMs: 250 },
  );

/** The first of the judge's findings, in words. */
export const complaintsAbout = async (installation: Installation, options: JudgeOptions = {}): Promise<string[]> =>
  (await findingsAbout(installation, options)).slice(0, 20).map(({ words }) => words);

/**
 * Holds what Amazon has against what all services say: the same orders, each once, in the state that follows; per order the invoice to the
 * cent, the units set aside, the alerts; no gap in any log; every event taken by everybody who listens, and nothing followed from it twice; each
 * write at Amazon once; nothing left in an outbox, nothing dead.
 */
export const findingsAbout = async (installation: Installation, options: JudgeOptions = {}): Promise<Finding[]> => {
  const { sandboxUrl, urlOf, databaseUrl } = installation;
  const readable = ({ amazonOrderId }: { amazonOrderId: string }): boolean => !options.unreadable?.includes(amazonOrderId);
  // One that could be read before stays as it was last seen.
  const ours = (
    await everyItem<OurOrder>(`${urlOf('order')}/orders?state=pending,new,blocked,processing,held,complete,closed,canceled`)
  ).filter(readable);
  const [invoices, alerts, books] = [
    Map.groupBy(await everyItem<Invoice>(`${urlOf('billing')}/invoices`), ({ orderId }) => orderId),
    Map.groupBy(await everyItem<Alert>(`${urlOf('notification')}/alerts`), ({ orderId }) => orderId),
    await booksOf(databaseUrl),
  ];
  const truth = (await ordersAtAmazon(sandboxUrl)).filter(readable);
  const found = Map.groupBy(ours, keyOf);
  const findings = [
    ...differences(truth.map(keyOf), ours.map(keyOf)),
    ...twice(ours.flatMap(({ tenant, number }) => (number === null ? [] : [`${tenant} number ${number}`]))),
    ...books.wrong.map((words) => finding('I5', 'wrong', words)),
    ...(await gapsIn(databaseUrl)).map((words) => finding('I3', 'lost', words)),
    ...(await judgeTaking(databaseUrl, options.consoleIsLater)),
    ...(await judgeHandling(installation)),
    ...(options.restored ? [] : await judgeWrites(sandboxUrl, databaseUrl)),
    ...(await leftovers(installation)),
  ];
  for (const there of truth) {
    const [here] = found.get(keyOf(there)) ?? [];
    if (!here) continue;
    const complain: Complain = (invariant, harm, what) =>
      void findings.push(finding(invariant, harm, `${keyOf(there)} (${there.status}, here ${here.state}): ${what}`));
    if (!followsFrom(there).includes(here.state)) complain('I2', 'lost', `should be ${followsFrom(there).join(' or ')}`);
    judgeMoney(there, here, invoices.get(here.id) ?? [], complain);
    judgeUnits(there, here, books.reserved.get(here.id) ?? 0, complain);
    judgeAlerts(here, alerts.get(here.id) ?? [], complain);
  }
  return findings;
};

interface OurOrder {
  readonly id: string;
  readonly tenant: string;
  readonly number: string | null;
  readonly amazonOrderId: string;
  readonly state: string;
  readonly stock: string;
  readonly totals?: { readonly currency: string; readonly grandTotalMinor: number };
}

interface Invoice {
  readonly orderId: string;
  readonly status: 'issued' | 'canceled';
  readonly currency: string;
  readonly totalMinor: number;
}

interface Alert {
  readonly orderId: string;
  readonly kind: string;
  readonly status: string;
}

type Complain = (invariant: Invariant, harm: Harm, what: string) => void;

const keyOf = ({ tenant, amazonOrderId }: { tenant: string; amazonOrderId: string }): string => `${tenant} ${amazonOrderId}`;

/** Where an order has to stand here, once everything has been said. */
const followsFrom = ({ status, byMerchant, asksToCancel }: TrueOrder): readonly string[] => {
  if (status === 'CANCELLED') return ['canceled'];
  if (status === 'SHIPPED') return ['complete'];
  if (byMerchant && (status === 'UNSHIPPED' || status === 'PARTIALLY_SHIPPED')) return asksToCancel ? ['held'] : ['blocked', 'processing'];
  return ['pending'];
};

const judgeMoney = (there: TrueOrder, here: OurOrder, invoices: readonly Invoice[], complain: Complain): void => {
  const issued = invoices.filter(({ status }) => status === 'issued');
  const isFree = there.replaces || there.invoicedByAmazon || there.grandTotalMinor === 0;
  const due = here.number !== null && here.state !== 'canceled' && !isFree;
  if (!due) {
    if (issued.length > 0) complain('I5', 'wrong', 'an invoice that nobody owes');
    return;
  }
  if (here.totals?.grandTotalMinor !== there.grandTotalMinor || here.totals.currency !== there.currency)
    complain('I2', 'wrong', `total ${JSON.stringify(here.totals)}, at Amazon ${there.grandTotalMinor} ${there.currency}`);
  if (invoices.length !== 1) complain('I5', harmOf(invoices.length), `${invoices.length} invoices`);
  for (const { totalMinor, currency } of issued)
    if (totalMinor !== there.grandTotalMinor || currency !== there.currency)
      complain('I5', 'wrong', `invoice of ${totalMinor} ${currency}, at Amazon ${there.grandTotalMinor} ${there.currency}`);
};

/** Waits for stock, on hold or not. */
const isShort = ({ state, stock }: OurOrder): boolean => stock === 'short' && ['blocked', 'held'].includes(state);

const judgeUnits = (there: TrueOrder, here: OurOrder, reserved: number, complain: Complain): void => {
  const wanted = there.byMerchant && ['processing', 'blocked', 'held'].includes(here.state) ? there.unitsToShip : 0;
  const isRight = isShort(here) ? reserved < wanted : reserved === wanted;
  if (!isRight) complain('I5', 'wrong', `${reserved} units set aside of ${wanted}`);
};

const judgeAlerts = (here: OurOrder, alerts: readonly Alert[], complain: Complain): void => {
  const count = (kind: string, status: string): number => alerts.filter((alert) => alert.kind === kind && alert.status === status).length;
  const expected = { new: here.number === null ? 0 : 1, blocked: isShort(here) ? 1 : 0 };
  if (count('order-new', 'info') !== expected.new)
    complain('I4', harmOf(count('order-new', 'info')), `${count('order-new', 'info')} alerts of a new order`);
  if (count('order-blocked', 'open') !== expected.blocked)
    complain('I4', harmOf(count('order-blocked', 'open')), `${count('order-blocked', 'open')} open alerts of a blocked order`);
};

/** Of something that should be there once, or not at all. */
const harmOf = (times: number): Harm => (times === 0 ? 'lost' : 'duplicated');

const differences = (there: readonly string[], here: readonly string[]): Finding[] => {
  const [atAmazon, ours] = [new Set(there), new Set(here)];
  return [
    ...there.filter((key) => !ours.has(key)).map((key) => finding('I1', 'lost', `${key}: is missing`)),
    ...here.filter((key) => !atAmazon.has(key)).map((key) => finding('I1', 'wrong', `${key}: is not at Amazon`)),
    ...twice(here),
  ];
};

const twice = (keys: readonly string[]): Finding[] => {
  const seen = new Set<string>();
  return keys
    .filter((key) => seen.size === seen.add(key).size)
    .map((key) => finding('I1', 'duplicated', `${key}: is there more than once`));
};

const leftovers = async ({ urlOf }: Installation): Promise<Finding[]> => {
  const findings: Finding[] = [];
  for (const service of serviceNames) {
    const { pending } = await told('GET', `${urlOf(service)}/outbox`);
    if (pending > 0) findings.push(finding('I4', 'unfinished', `${service}: ${pending} events still in the outbox`));
    const letters = await everyItem<{ topic: string; reason: string; errorMessage: string | null }>(
      `${urlOf(service)}/dead-letters?status=open`,
    );
    findings.push(
      ...letters.map(({ topic, reason, errorMessage }) =>
        finding('I7', 'wrong', `${service}: dead letter ${topic}: ${[reason, errorMessage].join(' ').trim()}`),
      ),
    );
  }
  return findings;
};
