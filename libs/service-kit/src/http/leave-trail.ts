import { AppError } from '@orderbus/kernel';
import type { AuditLog, AuditOutcome, NewAuditEntry } from '@orderbus/outbox';
import type { Request, Response } from 'express';
import type { Caller } from '../access/caller.ts';
import { addressOf } from '../access/guard.ts';
import { needsOf, type ReadRequest } from '../access/rule.ts';
import type { Context } from '../context.ts';
import { signatureOf } from './actor.ts';
import { problemAnswer } from './problem.ts';
import type { Route } from './route.ts';
import { subjectsOf } from './subjects.ts';
import type { Trail } from './trail.ts';

/** Whatever changes something, whatever shows buyers, and whatever is denied to somebody who is known. */
export const trailOf = (audit: AuditLog | undefined, route: Route, request: Request, response: Response): Trail => {
  const isKept = route.method !== 'get' || needsBuyers(route);
  let asked: { readonly entry: NewAuditEntry; readonly seq: Promise<number> } | undefined;
  let hasEnded = false;

  const caller = (): Caller | undefined => response.locals.caller as Caller | undefined;

  const entryOf = (read: ReadRequest, stores: readonly string[], outcome: AuditOutcome, status?: number): NewAuditEntry => {
    const { subjects, ...rest } = subjectsOf(route, read);
    const all = [...new Set([...stores, ...subjects.filter((one) => one.startsWith('store:')).map((one) => one.slice(6))])];
    return {
      ...signatureOf({ caller: caller() as Caller, address: addressOf(request) }),
      ...{ action: route.operationId, outcome, status, ...rest },
      subjects: [...new Set([...subjects, ...all.map((store) => `store:${store}`)])],
      tenant: all.length === 1 ? all[0] : undefined,
      correlationId: (response.locals.context as Context).correlationId ?? '',
    };
  };

  const ends = async (outcome: AuditOutcome, status: number): Promise<void> => {
    if (audit === undefined || hasEnded || (caller()?.kind ?? 'nobody') === 'nobody') return;
    hasEnded = true;
    if (asked !== undefined) {
      const answers = await asked.seq.catch(() => undefined);
      if (answers !== undefined) audit.follow({ ...asked.entry, outcome, status, answers });
      return;
    }
    // Who asks too often would fill the log with nothing.
    if (status === 429 || !(isKept || outcome === 'denied')) return;
    const { params, query } = request;
    await audit.record([entryOf({ params: idsOf(params), query: idsOf(query), body: undefined }, [], outcome, status)]);
  };

  return {
    isKept: isKept && audit !== undefined,
    asks: async (read, stores) => {
      if (audit === undefined || !isKept || caller()?.kind === 'nobody') return;
      const entry = entryOf(read, stores, 'asked');
      asked = { entry, seq: audit.record([entry]).then(([seq]) => seq as number) };
      await asked.seq;
    },
    answered: (status) => ends(outcomeOf(status), status),
    failed: (error) => {
      const { outcome, status } = failureOf(error);
      return ends(outcome, status);
    },
  };
};

/** What stands on record about work that has ended with an error. */
export const failureOf = (error: unknown): { readonly outcome: AuditOutcome; readonly status: number } => {
  const { status } = problemAnswer(error);
  return { outcome: isHidden(error) ? 'denied' : outcomeOf(status), status };
};

/** Nobody has looked at these: what is no id may be anything, a buyer's name that was typed in its place for one. */
const idsOf = (unread: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(unread).filter(([, value]) => typeof value === 'string' && /^[\w.:-]{1,80}$/.test(value)));

const needsBuyers = ({ access }: Route): boolean =>
  access !== undefined && access !== 'public' && needsOf(access).includes('see-buyer-data');

const outcomeOf = (status: number): AuditOutcome => {
  if (status < 400) return 'done';
  if (status === 403) return 'denied';
  return status < 500 ? 'refused' : 'failed';
};

/** What belongs to another store is answered as if it were not there. */
const isHidden = (error: unknown): boolean => error instanceof AppError && error.code === 'access.not-found';
