import { type NewEvent, refuse } from '@orderbus/contracts';
import type { FieldIssue } from '@orderbus/kernel';
import type { CommandOf, Content } from './command.ts';
import { objectionsToCodes, objectionsToDispatch, sameContent, withContent } from './content.ts';
import { done, objectTo, type Step } from './decision.ts';
import { corrected, dispatched, packed, voided } from './events.ts';
import { gateOf } from './gates.ts';
import { type Effect, isReason, lifecycle, standingOf, words } from './lifecycle.ts';
import type { By, Shipping } from './order.ts';
import type { Parcel } from './parcel.ts';
import { roomIn } from './quantities.ts';
import { resolve } from './units.ts';

type Change = CommandOf<'hand-over'> | CommandOf<'edit'> | CommandOf<'void'> | CommandOf<'retry'>;

/** What people do to a parcel that is there. */
export const change = (shipping: Shipping, command: Change, orderId: string): Step => {
  const parcel = shipping.parcels.find(({ id }) => id === command.shipmentId);
  if (!parcel)
    return objectTo('shipment.unknown', [{ field: 'shipmentId', message: 'No such parcel.', code: 'shipment.unknown' }], 'not-found');
  const cell = lifecycle[standingOf(parcel)][command.type];
  if (isReason(cell)) {
    const kind = cell === 'answer-awaited' ? 'not-yet' : 'conflict';
    return objectTo(`shipment.${cell}`, [{ field: 'state', message: words[cell], code: `shipment.${cell}` }], kind);
  }
  if (cell === 'drop') return drop(shipping, parcel, command, orderId);
  if (cell === 'already-done') return refuse(cell);
  return say(shipping, parcel, command, cell, orderId);
};

const drop = (shipping: Shipping, before: Parcel, command: Change, orderId: string): Step => {
  const voidReason = command.type === 'void' ? command.reason : null;
  const parcel: Parcel = { ...before, state: 'voided', voidReason, revision: before.revision + 1 };
  return done(replaced(shipping, parcel), voided(orderId, parcel, command.actor));
};

/** Says something about a parcel: for the first time, or again. */
const say = (shipping: Shipping, before: Parcel, command: Change, effect: Effect, orderId: string): Step => {
  const content: Content = command.type === 'edit' || command.type === 'hand-over' ? command : {};
  const { lines, errors } = linesIn(shipping, before, content, effect);
  const after = { ...withContent(before, content), lines, revision: before.revision + 1 };
  const parcel = effect === 'dispatch' ? left(after, command) : effect === 'correct' ? { ...after, toldAt: command.at } : after;
  if (command.type === 'edit' && errors.length === 0 && sameContent(before, parcel)) return refuse('already-done');
  const gate = effect === 'dispatch' ? gateOf(shipping.order) : undefined;
  const objections = [
    ...(gate ? [{ field: 'orderId', message: gate.words, code: gate.code }] : []),
    ...errors,
    ...(effect === 'pack-again' ? objectionsToCodes(parcel, shipping, '') : objectionsToDispatch(parcel, shipping, command.at, '')),
  ];
  if (objections.length > 0) return objectTo(gate?.code ?? 'shipment.invalid', objections);
  const tell = { dispatch: dispatched, correct: corrected, 'pack-again': packed }[effect as 'dispatch' | 'correct' | 'pack-again'];
  return done(replaced(shipping, parcel), tell(orderId, parcel, command.actor) as NewEvent);
};

/** What it holds, looked at again when that changes, and when it leaves: units may have been canceled since it was packed. */
const linesIn = (
  shipping: Shipping,
  before: Parcel,
  { lines }: Content,
  effect: Effect,
): { lines: Parcel['lines']; errors: readonly FieldIssue[] } => {
  if (lines === undefined && effect !== 'dispatch') return { lines: before.lines, errors: [] };
  return resolve(lines ?? before.lines, shipping.order.lines, (line) => roomIn(before, line, shipping.parcels), '');
};

const left = (parcel: Parcel, { at }: By): Parcel => ({
  ...parcel,
  ...{ state: 'shipped', shippedAt: parcel.shippedAt ?? at, handedOverAt: at, toldAt: at },
});

const replaced = ({ order, parcels }: Shipping, parcel: Parcel): Shipping => ({
  order,
  parcels: parcels.map((each) => (each.id === parcel.id ? parcel : each)),
});
