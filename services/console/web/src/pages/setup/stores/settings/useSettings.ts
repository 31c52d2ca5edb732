import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { type Problem, problemOf } from '../../../../api/problem.ts';
import { isSame, useDraft } from './drafts.tsx';

export interface SettingsSource<Value> {
  /** Where its draft is kept. */
  readonly place: string;
  readonly query: UseQueryResult<Value>;
  readonly save: (value: Value, base: Value) => Promise<unknown>;
}

export interface Settings<Value> {
  readonly place: string;
  readonly value: Value;
  readonly change: (part: Partial<Value>) => void;
  readonly isChanged: boolean;
  readonly isSaving: boolean;
  /** It was saved, and not changed since. */
  readonly isSaved: boolean;
  readonly problem: Problem | undefined;
  /** What the server says of a field. */
  readonly mistake: (field: string) => string | undefined;
  /** Somebody else saved other values meanwhile; `undefined` when nobody did. */
  readonly theirs: Value | undefined;
  readonly save: (options?: { readonly over: boolean }) => Promise<void>;
  readonly discard: () => void;
}

interface Outcome<Value> {
  readonly saving?: boolean;
  readonly saved?: boolean;
  readonly problem?: Problem;
  readonly theirs?: Value;
}

/**
 * Settings that are read and replaced as a whole, by an API without versions: what is there is looked at again before it is replaced, so that
 * nobody's changes go unnoticed.
 */
export const useSettings = <Value extends object>({ place, query, save }: SettingsSource<Value>, loaded: Value): Settings<Value> => {
  const { draft, put } = useDraft<Value>(place);
  const [outcome, setOutcome] = useState<Outcome<Value>>({});
  const value = draft?.value ?? loaded;

  const store = async (over: boolean): Promise<void> => {
    if (draft === undefined) return;
    setOutcome({ saving: true });
    try {
      const { data: fresh, error } = await query.refetch();
      if (error) throw error;
      if (!over && fresh !== undefined && !isSame(fresh, draft.base)) return setOutcome({ theirs: fresh });
      await save(draft.value, draft.base);
      await query.refetch();
      put(undefined);
      setOutcome({ saved: true });
    } catch (error) {
      setOutcome({ problem: problemOf(error) });
    }
  };

  return {
    ...{ place, value, isChanged: draft !== undefined, isSaving: outcome.saving ?? false, isSaved: outcome.saved ?? false },
    ...{ problem: outcome.problem, theirs: outcome.theirs },
    change: (part) => {
      setOutcome({});
      put({ base: draft?.base ?? loaded, value: { ...value, ...part } });
    },
    mistake: (field) => outcome.problem?.document.errors?.find((one) => one.field === field || one.field.startsWith(`${field}.`))?.message,
    save: ({ over } = { over: false }) => store(over),
    discard: () => {
      put(undefined);
      setOutcome({});
    },
  };
};
