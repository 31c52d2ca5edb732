import { AppError } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { codes } from '../amazon/codes.ts';
import type { Permit } from '../amazon/request.ts';
import type { Command } from '../domain/command.ts';
import { renewLease } from '../store/command-queue.ts';

/**
 * The last word before a command leaves: whoever was held up until another one has taken it over, or may have, does not send it. What comes
 * after it is a call with a deadline, which is shorter than the lease.
 */
export const permitFor =
  (database: Database, command: Command, leaseMs: number): Permit =>
  async () => {
    const askedAt = Date.now();
    const isOurs = await renewLease(database, command, leaseMs);
    if (!isOurs || Date.now() - askedAt > leaseMs / 4) throw new AppError('unavailable', codes.leaseLost);
  };
