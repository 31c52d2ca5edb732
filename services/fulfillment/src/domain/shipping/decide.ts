import { refuse } from '@orderbus/contracts';
import { answer, doubt } from './answers.ts';
import { change } from './change.ts';
import type { Command } from './command.ts';
import { objectTo, type Step } from './decision.ts';
import { begin, cancel, close, follow, hear, renumber, settled } from './facts.ts';
import type { Shipping } from './order.ts';
import { pack } from './pack.ts';
import { mostTold, type Parcel, writeStateOf } from './parcel.ts';
import { answerPickup, reportPickup } from './pickup.ts';
import { takeIn } from './take-in.ts';

/** Decides one command about the parcels of an order. */
export const decide = (before: Shipping | undefined, command: Command, orderId: string): Step => {
  const step = before ? decideKnown(before, command, orderId) : decideUnknown(command);
  if ('refused' in step) return step;
  const parcels = step.state.parcels.map((parcel) => counted(before, parcel));
  return { state: settled({ order: step.state.order, parcels }), events: step.events };
};

/** An order begins before anything else happens to it. */
const decideUnknown = (command: Command): Step => {
  if (command.type === 'begin') return begin(command);
  if ('actor' in command)
    return objectTo('order.unknown', [{ field: 'orderId', message: 'No such order.', code: 'order.unknown' }], 'not-found');
  return refuse('too-early', 'the order is not known here yet');
};

const decideKnown = (shipping: Shipping, command: Command, orderId: string): Step => {
  switch (command.type) {
    case 'begin':
      return refuse('already-done');
    case 'follow':
      return follow(shipping, command);
    case 'hear':
      return hear(shipping, command);
    case 'renumber':
      return renumber(shipping, command);
    case 'cancel':
      return cancel(shipping);
    case 'close':
      return close(shipping, command);
    case 'confirm':
    case 'reject':
      return answer(shipping, command);
    case 'doubt':
      return doubt(shipping, command);
    case 'confirm-pickup':
    case 'reject-pickup':
      return answerPickup(shipping, command);
    case 'pack':
      return pack(shipping, command, orderId);
    case 'take-in':
      return takeIn(shipping, command, orderId);
    case 'pickup':
      return reportPickup(shipping, command, orderId);
    case 'hand-over':
    case 'edit':
    case 'void':
    case 'retry':
      return change(shipping, command, orderId);
  }
};

/** A parcel that is not what it was has another version. */
const counted = (before: Shipping | undefined, parcel: Parcel): Parcel => {
  const known = before?.parcels.find(({ id }) => id === parcel.id);
  if (known === parcel) return parcel;
  const told = parcel.state === 'shipped' ? mostTold(parcel) : parcel.told;
  return { ...parcel, told, version: (known?.version ?? 0) + 1, writeState: writeStateOf(parcel) };
};
