import type { Change } from '../world/order.ts';
import type { WriteEffect } from '../world/write-ledger.ts';

/** What a write does to an order. */
export interface Decision {
  readonly effect: Exclude<WriteEffect, 'refused'>;
  readonly changes: readonly Change[];
  readonly packageReference?: string;
  /** What Amazon remarks upon although it does what is asked. */
  readonly warning?: string;
}

/** A write that breaks a rule. How it is told depends on how it came: as an answer, or in a processing report. */
export class WriteRefused extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'WriteRefused';
  }
}

export const nothing: Decision = { effect: 'unchanged', changes: [] };
