import { type Finding, finding } from './finding.ts';
import { told } from './http.ts';
import { query } from './sql.ts';

/** How Amazon's ledger calls what we call by the kind of a command, and which of its effects mean that it was done. */
const kinds: Readonly<Record<string, { readonly operation: string; readonly effects: readonly string[] }>> = {
  shipment: { operation: 'confirmShipment', effects: ['created', 'edited', 'unchanged'] },
  cancellation: { operation: 'POST_ORDER_ACKNOWLEDGEMENT_DATA', effects: ['cancelled'] },
  refund: { operation: 'POST_PAYMENT_ADJUSTMENT_DATA', effects: ['refunded'] },
};

interface Entry {
  readonly operation: string;
  readonly orderId?: string;
  readonly effect: string;
}

/** What was wished for about one order: how many writes of a kind, how many of them are said to be done, and how many are not settled. */
export interface Wishes {
  readonly kind: string;
  readonly order: string;
  readonly asked: number;
  readonly done: number;
  readonly open: number;
}

/** Each intent had its effect at Amazon once: not once more, and, where we say that it is done, not once less. */
export const judgeWrites = async (sandboxUrl: string, databaseUrl: string): Promise<Finding[]> =>
  findingsOfWrites(
    await query<Wishes>(
      databaseUrl,
      `select kind, amazon_order_id as "order", count(*)::int as asked, count(*) filter (where state = 'done')::int as done,
         count(*) filter (where state not in ('done', 'failed'))::int as open from gateway.amazon_command group by 1, 2`,
    ),
    await ledger(sandboxUrl),
  );

export const findingsOfWrites = (wishes: readonly Wishes[], entries: readonly Entry[]): Finding[] => {
  const effects = new Map<string, number>();
  for (const { operation, orderId, effect } of entries) {
    const kind = Object.entries(kinds).find(([, one]) => one.operation === operation && one.effects.includes(effect))?.[0];
    if (kind) effects.set(`${kind} ${orderId}`, (effects.get(`${kind} ${orderId}`) ?? 0) + 1);
  }
  const about = ({ kind, order, asked, done, open }: Wishes): Finding[] => {
    const found: Finding[] = [];
    if (open > 0) found.push(finding('I6', 'unfinished', `${open} of ${asked} writes (${kind}) about ${order} are not settled`));
    if (!kinds[kind]) return found;
    const had = effects.get(`${kind} ${order}`) ?? 0;
    if (had > asked) found.push(finding('I6', 'written-twice', `Amazon was told ${had} times of ${asked} writes (${kind}) about ${order}`));
    if (had < done) found.push(finding('I6', 'lost', `Amazon was told ${had} times of ${done} writes (${kind}) about ${order}`));
    return found;
  };
  const asked = new Set(wishes.map(({ kind, order }) => `${kind} ${order}`));
  const unasked = [...effects].filter(([what]) => !asked.has(what));
  return [
    ...wishes.flatMap(about),
    ...unasked.map(([what, times]) => finding('I6', 'wrong', `Amazon was told ${times} times of ${what}, and nobody asked`)),
  ];
};

const ledger = async (sandboxUrl: string): Promise<Entry[]> => {
  const entries: Entry[] = [];
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page: { entries: Entry[]; after?: number } = await told('GET', `${sandboxUrl}/sandbox/ledger?limit=10000&after=${after}`);
    entries.push(...page.entries);
    after = page.after;
  }
  return entries;
};
