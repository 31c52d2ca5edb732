import { AppError, failpoint, isBroken } from '@orderbus/kernel';
import { outcomeOf, retryAt } from '../amazon/certainty.ts';
import type { Permit } from '../amazon/request.ts';
import type { SpApi } from '../amazon/sp-api.ts';
import type { Command, Step } from '../domain/command.ts';
import { kinds } from '../domain/kinds.ts';
import { confirmShipmentBody, isAsAsked, shipmentStatusBody } from '../domain/shipment-body.ts';
import type { Snapshot } from '../domain/translate.ts';
import type { Picture } from '../domain/write-kind.ts';
import { refusalOf } from './refusal.ts';

export interface Sending {
  readonly api: Pick<SpApi, 'confirmShipment' | 'updateShipmentStatus'>;
  /** Reads the order at Amazon, and saves what it shows. */
  readonly look: (command: Command, signal: AbortSignal) => Promise<Snapshot>;
  /** The order as it was saved last. */
  readonly pictureOf: (command: Command) => Promise<Picture | undefined>;
  /** Says at the last moment whether the command is still ours to send. */
  readonly permit: Permit;
  readonly now: () => Date;
  /** When to look whether it happened, if nobody says. */
  readonly firstLookMs: number;
}

/** Makes the call and says what came of it. It does not throw: whatever it does not understand is unknown. */
export const sendCommand = async (command: Command, sending: Sending, signal: AbortSignal): Promise<Step> => {
  const { attempts: attempt, obstacle } = command;
  const now = sending.now();
  if (obstacle !== null) {
    const step = await lookFirst(command, sending, signal).catch((error: unknown) => afterNoLook(error, attempt, now));
    if (step) return step;
  }
  try {
    await call(command, sending, signal);
    failpoint('after_amazon_call_before_commit');
    return { type: 'succeed', attempt };
  } catch (error) {
    return afterFailure(error, command, sending);
  }
};

/** What stood in the way of it may be gone: nothing, and it is sent; or the reason why it is not. */
const lookFirst = async (command: Command, { look, pictureOf }: Sending, signal: AbortSignal): Promise<Step | undefined> => {
  const { request, marketplaceId, attempts: attempt } = command;
  const shown = await look(command, signal);
  if (request.kind === 'shipment' && shown.packages?.some((each) => isAsAsked(request, each, marketplaceId)))
    return { type: 'succeed', code: 'shown.parcel-already', words: 'Amazon shows the parcel already.', attempt };
  const picture = await pictureOf(command);
  if (picture === undefined) throw new AppError('not-yet', 'order.unknown', { orderId: command.orderId });
  const verdict = kinds[command.kind].check(request, picture);
  if (verdict.verdict === 'refused') return { type: 'refuse', refusal: verdict.refusal, attempt };
  return verdict.verdict === 'send' && verdict.obstacle ? { type: 'refuse', refusal: verdict.obstacle, attempt } : undefined;
};

/** Looking changes nothing: what did not work is done again. But an order that Amazon does not have takes no parcel either. */
const afterNoLook = (error: unknown, attempt: number, now: Date): Step => {
  const why = refusalOf(error);
  if (why.code === 'order.not-at-amazon') return { type: 'refuse', refusal: why, attempt };
  return { type: 'defer', why, nextAttemptAt: retryAt(error, now).toISOString(), attempt };
};

const call = ({ request, amazonOrderId, marketplaceId }: Command, { api, permit, now }: Sending, signal: AbortSignal): Promise<void> => {
  if (request.kind === 'shipment')
    return api.confirmShipment(amazonOrderId, confirmShipmentBody(request, marketplaceId, now()), signal, permit);
  if (request.kind === 'pickup') return api.updateShipmentStatus(amazonOrderId, shipmentStatusBody(request, marketplaceId), signal, permit);
  throw new AppError('bug', 'command.goes-by-feed', { kind: request.kind });
};

/** What a call that did not succeed means for its command. */
export const afterFailure = (
  error: unknown,
  { attempts: attempt }: Pick<Command, 'attempts'>,
  { now, firstLookMs }: Pick<Sending, 'now' | 'firstLookMs'>,
): Step => {
  const why = refusalOf(error);
  const lookAt = new Date(now().getTime() + firstLookMs).toISOString();
  switch (outcomeOf(error)) {
    case 'not-sent':
      return { type: 'defer', why, nextAttemptAt: retryAt(error, now()).toISOString(), attempt };
    case 'refused':
      return mayBeDone.test(why.words)
        ? { type: 'lose', why, perhapsRefused: true, lookAt, attempt }
        : { type: 'refuse', refusal: why, attempt };
    case 'unknown':
      if (isBroken('retry_blindly')) return { type: 'defer', why, nextAttemptAt: now().toISOString(), attempt };
      return { type: 'lose', why, lookAt, attempt };
  }
};

/** Amazon says no to these also when it has the parcel already. */
const mayBeDone = /PackageToUpdateNotFound|already (been )?(fulfilled|shipped|confirmed)/i;
