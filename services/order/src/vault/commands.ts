import type { BuyerAddress } from '@orderbus/contracts';
import type { AuditSignature } from '@orderbus/outbox';
import type { RetentionFacts } from './retention.ts';
import type { LegalHold, PurgeReason } from './vault-row.ts';

interface ByPerson {
  readonly by: AuditSignature;
  readonly at: string;
}

/** Amazon has shown the order: its dates, and its buyer as the gateway has sealed him, if it shows one. */
export interface KeepBuyer {
  readonly type: 'keep';
  readonly orderId: string;
  readonly sealed: string | undefined;
  readonly facts: RetentionFacts;
  /** The gateway's: which of two snapshots is the newer. */
  readonly version: number;
}

export interface CorrectAddress extends ByPerson {
  readonly type: 'correct-address';
  readonly recipient: BuyerAddress;
  readonly reason: string;
  /** Null: it is no order yet, and nobody is told. */
  readonly order: { readonly number: string; readonly amazonOrderId: string } | null;
}

export interface HoldBuyer {
  readonly type: 'hold';
  readonly hold: LegalHold;
  readonly by: AuditSignature;
}

export interface ReleaseBuyer extends ByPerson {
  readonly type: 'release';
}

export interface PurgeBuyer extends ByPerson {
  readonly type: 'purge';
  readonly reason: PurgeReason;
}

export type VaultCommand = KeepBuyer | CorrectAddress | HoldBuyer | ReleaseBuyer | PurgeBuyer;
