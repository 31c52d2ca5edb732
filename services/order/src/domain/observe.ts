import { accept, type Decision, refuse } from '@orderbus/contracts';
import { withAddress } from './address.ts';
import { atTheDoor, withoutUnits } from './door.ts';
import { canceled, updated } from './events.ts';
import { factsOf, looksDifferent } from './facts.ts';
import { withOrdered } from './ledger.ts';
import { observed } from './observed.ts';
import type { CommandOf, Facts, Order, OrderState } from './order.ts';
import { withOurSkus } from './sku.ts';
import type { About, Surroundings } from './surroundings.ts';

/**
 * The facts are those of the newest snapshot. The state is the furthest that any snapshot has taken it, since Amazon does not go back:
 * so an older snapshot that arrives late still counts when the newer one did not say as much (a status that we do not know, for example),
 * and the order of arrival makes no difference.
 */
export const observe = (
  order: Order | undefined,
  { snapshot, version }: CommandOf<'observe'>,
  mayEnter: boolean,
  about: About,
  surroundings: Surroundings,
): Decision<OrderState> => {
  const newFacts = () => {
    const { lines, ...others } = factsOf(snapshot);
    return { ...others, lines: withOurSkus(lines, (sellerSku) => surroundings.stores.skuOf(about.tenant, sellerSku)) };
  };
  const isNews = order === undefined || version > order.amazonVersion;
  const seen = learned(isNews ? { ...(order ?? unheardOf), ...newFacts(), amazonVersion: version } : order, snapshot);
  const known = withAddress(seen, surroundings.buyers.addressIssuesOf(about.id));
  const effect = observed[snapshot.fulfilledBy][order?.state ?? 'pending'][snapshot.status];
  switch (effect) {
    case 'remember':
      if (known.state === 'pending') return atTheDoor(order, known, { mayEnter }, about, surroundings);
      return known === order ? refuse('already-done') : accept(known);
    case 'follow':
      if (known === order) return refuse('already-done');
      return order !== undefined && looksDifferent(order, known) ? accept(known, updated(about.id, known)) : accept(known);
    case 'dismiss':
      return withoutUnits({ ...known, state: 'canceled' }, about);
    case 'create':
    case 'create-complete':
      return atTheDoor(order, known, { mayEnter }, about, surroundings);
    case 'complete': {
      const complete: OrderState = { ...known, state: 'complete' };
      return accept(complete, updated(about.id, complete));
    }
    case 'cancel': {
      const gone: OrderState = { ...known, state: 'canceled', cancellation: granted(known) };
      return accept(gone, canceled(about.id, gone, cancelReason(order, gone, snapshot)));
    }
  }
};

/** What any snapshot teaches for good, however late it comes. The same order when there is nothing to learn. */
const learned = <Known extends OrderState>(known: Known, { status, fulfilledBy, lines }: Snapshot): Known => {
  const ledger = withOrdered(known.ledger, lines);
  const shippedAtAmazon = known.shippedAtAmazon || status === 'shipped';
  const cleared = known.cleared || observed[fulfilledBy].pending[status].startsWith('create');
  const isKnown = ledger === known.ledger && shippedAtAmazon === known.shippedAtAmazon && cleared === known.cleared;
  return isKnown ? known : { ...known, ledger, shippedAtAmazon, cleared };
};

type Snapshot = CommandOf<'observe'>['snapshot'];

/** What we asked for has happened, whoever did it. */
const granted = ({ cancellation }: OrderState): OrderState['cancellation'] =>
  cancellation?.state === 'requested' ? { ...cancellation, state: 'accepted' } : cancellation;

const cancelReason = (
  before: Order | undefined,
  { cancelRequest, cancellation }: OrderState,
  { cancellation: atAmazon }: Snapshot,
): string | undefined => {
  if (before?.state === 'complete' || before?.state === 'closed') return 'canceled at Amazon after it was shipped';
  if (cancelRequest !== null)
    return cancelRequest.reason === undefined ? 'the buyer asked for it' : `the buyer asked for it: ${cancelRequest.reason}`;
  if (cancellation?.state === 'accepted') return cancellation.reason;
  return atAmazon?.by === undefined ? undefined : `canceled at Amazon by ${atAmazon.by}`;
};

const unheardOf: Omit<OrderState, keyof Facts> = {
  number: null,
  formerNumber: null,
  customerId: null,
  addressIssues: [],
  state: 'pending',
  status: 'pending',
  amazonVersion: 0,
  shippedAtAmazon: false,
  cleared: false,
  viewOnly: false,
  stock: 'none',
  blockReasons: [],
  stockVersion: 0,
  admitted: false,
  billed: {},
  ledger: {},
  parcels: {},
  refunds: {},
  hold: null,
  cancellation: null,
  buyerRequest: null,
  attention: [],
  note: null,
  tags: [],
};
