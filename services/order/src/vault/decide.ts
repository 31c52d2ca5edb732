import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { accept, type BuyerData, type Decision, OrderAddressCorrected, OrderBuyerPurged, refuse } from '@orderbus/contracts';
import type { KeyRing } from '@orderbus/service-kit';
import { type NewAccess, nameOf } from './access.ts';
import { unacceptableFields } from './address.ts';
import type { CorrectAddress, HoldBuyer, KeepBuyer, PurgeBuyer, ReleaseBuyer, VaultCommand } from './commands.ts';
import { searchWordsOf } from './names.ts';
import { type OrderKey, orderKey } from './order-key.ts';
import { mergeRetentionFacts } from './retention.ts';
import { type Correction, isHeld, type VaultRow, type VaultState } from './vault-row.ts';

/** What goes along with the rows of a batch. */
export interface VaultContext {
  /** From now on the order is found by these words, and by no others. */
  findBy(orderId: string, words: readonly string[]): void;
  note(access: NewAccess): void;
  /** What the buyer's account is known by; null where there is none. */
  customerKeyOf(tenant: string, email: string | undefined): string | null;
}

/** The vault's row after the command. As pure as sealing allows: keys and nonces are chance. */
export const decideWith =
  (ring: KeyRing) =>
  (
    row: VaultRow | undefined,
    command: VaultCommand,
    { tenant }: { readonly tenant: string },
    context: VaultContext,
  ): Decision<VaultState> => {
    if (command.type === 'keep') return keep(ring, row, command, tenant, context);
    if (row === undefined) return refuse('too-early', 'Amazon has not shown this order to the vault yet');
    if (row.purgedAt !== null)
      return command.type === 'purge' ? refuse('already-done') : refuse('not-allowed', 'the buyer has been purged');
    if (command.type !== 'purge' && row.sealed !== null && row.wrappedKey === null)
      return refuse('too-early', 'its buyer is just being given a key');
    switch (command.type) {
      case 'correct-address':
        return correctAddress(ring, row, command, context);
      case 'hold':
        return hold(row, command, context);
      case 'release':
        return release(row, command, context);
      case 'purge':
        return purge(row, command, context);
    }
  };

/** Once purged, nothing is kept again, whatever Amazon goes on showing. */
const keep = (
  ring: KeyRing,
  row: VaultRow | undefined,
  command: KeepBuyer,
  tenant: string,
  context: VaultContext,
): Decision<VaultState> => {
  if (row !== undefined && row.purgedAt !== null) return refuse('already-done');
  const { orderId, facts, version, sealed } = command;
  const before: VaultState = row ?? { ...nothing, ...facts, orderId };
  const isNewer = version > before.factsVersion;
  const dated: VaultState = {
    ...before,
    ...mergeRetentionFacts(before, facts, isNewer),
    factsVersion: Math.max(version, before.factsVersion),
  };
  const next = sealed === undefined ? dated : withBuyer(ring, dated, { sealed, version, tenant }, context);
  return row !== undefined && isDeepStrictEqual(next, before) ? refuse('already-done') : accept(next);
};

const withBuyer = (ring: KeyRing, state: VaultState, { sealed, version, tenant }: Arrival, context: VaultContext): VaultState => {
  if (version < state.sealedVersion) return state;
  const arrived = createHash('sha256').update(sealed).digest('base64url');
  // Amazon changes an order more often than its buyer: the same text again is not sealed again.
  if (arrived === state.arrived) return { ...state, sealedVersion: version };
  const { orderId } = state;
  const buyer = ring.open(sealed, orderId) as BuyerData;
  const key = orderKey(ring, orderId, state.wrappedKey);
  const correctedTo = correctionIn(key, state)?.recipient;
  context.findBy(orderId, searchWordsOf(buyer, correctedTo));
  return {
    ...state,
    ...{ arrived, sealedVersion: version, wrappedKey: key.wrapped, sealed: key.seal(buyer, 'buyer') },
    customerKey: context.customerKeyOf(tenant, buyer.email),
    addressIssues: unacceptableFields(correctedTo ?? buyer.recipient),
  };
};

/** A buyer as the gateway has sealed him. */
interface Arrival {
  readonly sealed: string;
  readonly version: number;
  readonly tenant: string;
}

/** Amazon's recipient stays beside the corrected one. */
const correctAddress = (ring: KeyRing, row: VaultRow, command: CorrectAddress, context: VaultContext): Decision<VaultState> => {
  const { recipient, reason, by, at, order } = command;
  const { orderId } = row;
  const key = orderKey(ring, orderId, row.wrappedKey);
  const buyer = row.sealed === null ? {} : (key.open(row.sealed, 'buyer') as BuyerData);
  const correction: Correction = { recipient, reason, by: nameOf(by), at };
  context.findBy(orderId, searchWordsOf(buyer, recipient));
  context.note({ action: 'corrected', by, purpose: 'address-correction', orderId, tenant: row.tenant, fields: ['recipient'] });
  return accept(
    { ...row, wrappedKey: key.wrapped, correction: key.seal(correction, 'correction'), addressIssues: unacceptableFields(recipient) },
    ...(order === null ? [] : [OrderAddressCorrected.of({ orderId, ...order, actor: { kind: 'person', name: nameOf(by) } })]),
  );
};

const hold = (row: VaultRow, { hold, by }: HoldBuyer, context: VaultContext): Decision<VaultState> => {
  context.note({ action: 'held', by, purpose: hold.reason, orderId: row.orderId, tenant: row.tenant, fields: [] });
  return accept({ ...row, legalHold: hold });
};

const release = (row: VaultRow, { by }: ReleaseBuyer, context: VaultContext): Decision<VaultState> => {
  if (row.legalHold === null) return refuse('already-done');
  context.note({ action: 'released', by, purpose: row.legalHold.reason, orderId: row.orderId, tenant: row.tenant, fields: [] });
  return accept({ ...row, legalHold: null });
};

/** The key goes, and what it sealed goes with it: copies of the row in backups stay shut. What is left says when and why. */
const purge = (row: VaultRow, { reason, by, at }: PurgeBuyer, context: VaultContext): Decision<VaultState> => {
  const { orderId, tenant, legalHold } = row;
  if (isHeld(legalHold, at)) return refuse('not-allowed', `held until ${legalHold.until}: ${legalHold.reason}`);
  context.findBy(orderId, []);
  context.note({ action: 'purged', by, purpose: reason, orderId, tenant, fields: [] });
  return accept(
    {
      ...{ ...row, wrappedKey: null, sealed: null, arrived: null, correction: null, customerKey: null, addressIssues: null },
      ...{ legalHold: null, purgedAt: at, purgeReason: reason },
    },
    OrderBuyerPurged.of({ orderId, reason, purgedAt: at }),
  );
};

const correctionIn = (key: OrderKey, { correction }: VaultState): Correction | undefined =>
  correction === null ? undefined : (key.open(correction, 'correction') as Correction);

const nothing = {
  ...{ wrappedKey: null, sealed: null, sealedVersion: 0, arrived: null, correction: null, factsVersion: 0 },
  ...{ customerKey: null, addressIssues: null },
  ...{ legalHold: null, purgedAt: null, purgeReason: null },
} as const;
