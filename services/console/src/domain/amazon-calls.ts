import type { AmazonRefusal } from '@orderbus/contracts';

/** What a timeline shows besides events: what the gateway did at Amazon. */
export interface CallEntry {
  readonly id: string;
  readonly kind: 'write' | 'failed-call';
  readonly type: string;
  readonly at: string;
  readonly tenant: string;
  readonly person?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What became of sending it, or of looking at Amazon afterwards. */
interface Word {
  readonly result: string;
  readonly at: string;
  readonly code?: string | undefined;
  readonly words?: string | undefined;
  readonly facts?: AmazonRefusal['facts'];
  readonly requestId?: string | undefined;
}

/** A write of the gateway's ledger, as far as a timeline shows it. */
export interface Write {
  readonly id: string;
  readonly storeId: string;
  readonly kind: string;
  readonly state: string;
  readonly attempts: number;
  readonly requestedAt: string;
  readonly nextAttemptAt?: string | undefined;
  readonly waits?: string | undefined;
  readonly answer?: Word | undefined;
  readonly readBacks?: number | undefined;
  readonly readBack?: Word | undefined;
  readonly decision?: { readonly did: string; readonly by: string; readonly at: string; readonly note?: string | undefined } | undefined;
}

/** A call that Amazon did not answer as it should. */
export interface FailedCall {
  readonly id: string;
  readonly storeId: string;
  readonly operation: string;
  readonly code: string;
  readonly message: string;
  readonly httpStatus: number | null;
  readonly requestId: string | null;
  readonly at: string;
}

/** When it was asked for, what Amazon said last, what the last look showed, and what a person decided. */
export const entriesOfWrite = ({ id, storeId: tenant, kind: write, ...command }: Write): CallEntry[] => {
  const { state, attempts, requestedAt, nextAttemptAt, waits, answer, readBacks, readBack, decision } = command;
  const entry = (step: string, at: string, data: Readonly<Record<string, unknown>>): CallEntry => ({
    ...{ id: `${id}:${step}`, kind: 'write', type: `amazon-write.${step}`, at, tenant },
    data: { commandId: id, write, ...data },
  });
  return [
    entry('asked', requestedAt, { state, attempts, nextAttemptAt, waits }),
    ...(answer === undefined ? [] : [entry('answered', answer.at, { attempts, ...said(answer) })]),
    ...(readBack === undefined ? [] : [entry('read-back', readBack.at, { readBacks, ...said(readBack) })]),
    ...(decision === undefined
      ? []
      : [{ ...entry('decided', decision.at, { did: decision.did, note: decision.note }), person: decision.by }]),
  ];
};

export const entryOfFailure = ({ id, storeId: tenant, operation, code, message, httpStatus, requestId, at }: FailedCall): CallEntry => ({
  ...{ id, kind: 'failed-call', type: operation, at, tenant },
  data: { code, words: message, httpStatus, requestId },
});

const said = ({ result, code, words, facts, requestId }: Word) => ({ result, code, words, facts, requestId });
