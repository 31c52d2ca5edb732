import type { NewEvent } from '@orderbus/contracts';
import { refuse } from '@orderbus/contracts';
import type { FieldIssue } from '@orderbus/kernel';
import type { CommandOf, Package } from './command.ts';
import { objectionsToCodes, objectionsToDispatch, withContent } from './content.ts';
import { done, objectTo, type Step } from './decision.ts';
import { dispatched, packed } from './events.ts';
import { packingGateOf } from './gates.ts';
import type { Shipping } from './order.ts';
import { type Parcel, unsaid } from './parcel.ts';
import { leftOf } from './quantities.ts';
import { everything, resolve } from './units.ts';

/** New parcels of an order, all of them or none. The same request again finds them there. */
export const pack = (shipping: Shipping, command: CommandOf<'pack'>, orderId: string): Step => {
  const wanted = new Set(command.packages.map(({ shipmentId }) => shipmentId));
  if (shipping.parcels.some(({ id }) => wanted.has(id))) return refuse('already-done');
  const gate = packingGateOf(shipping);
  if (gate) return objectTo(gate.code, [{ field: 'orderId', message: gate.words, code: gate.code }]);

  const errors: FieldIssue[] = [];
  const events: NewEvent[] = [];
  let state = shipping;
  for (const each of command.packages) {
    const made = parcelOf(state, each, command);
    errors.push(...made.errors);
    state = { ...state, parcels: [...state.parcels, made.parcel] };
    const tell = command.handedOver ? dispatched : packed;
    if (made.errors.length === 0) events.push(tell(orderId, made.parcel, command.actor) as NewEvent);
  }
  return errors.length > 0 ? objectTo('shipment.invalid', errors) : done(state, ...events);
};

const parcelOf = (
  shipping: Shipping,
  asked: Package,
  { handedOver, actor, at }: CommandOf<'pack'>,
): { parcel: Parcel; errors: FieldIssue[] } => {
  const path = asked.path === '' ? '' : `${asked.path}.`;
  const room = (line: Shipping['order']['lines'][number]) => leftOf(line, shipping.parcels);
  const { lines, errors } =
    asked.lines === undefined
      ? { lines: everything(shipping.order.lines, room), errors: [] }
      : resolve(asked.lines, shipping.order.lines, room, path);
  const empty =
    errors.length === 0 && lines.length === 0
      ? [{ field: `${path}lines`, message: 'Nothing is left for this parcel.', code: 'shipment.nothing-left' }]
      : [];
  const position = shipping.parcels.length + 1;
  const made = { ...unsaid, id: asked.shipmentId, position, labelFrom: asked.labelFrom, lines, createdAt: at, createdBy: actor.name };
  const blank: Parcel = handedOver
    ? { ...made, state: 'shipped', shippedAt: at, handedOverAt: at, toldAt: at }
    : { ...made, state: 'packed' };
  const parcel = withContent(blank, asked);
  const more = handedOver ? objectionsToDispatch(parcel, shipping, at, path) : objectionsToCodes(parcel, shipping, path);
  // Codes are counted against the lines that somebody meant: without those there is nothing to say about them.
  const said = errors.length > 0 ? more.filter(({ field }) => !field.includes('transparencyCodes')) : more;
  return { parcel, errors: [...errors, ...empty, ...said] };
};
