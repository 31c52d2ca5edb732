import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sayDone, sayFailed } from '../../../ui/said.tsx';
import type { ListedOrder } from '../orders.ts';
import { type Outcome, type Result, run, type Wish, type WishKind } from './run.ts';
import { undoOf } from './undo.ts';

/** What is asked before it is done; the rest is done at once. */
export type AskedKind = Extract<WishKind, 'hold' | 'cancel' | 'tag' | 'status' | 'note' | 'comment' | 'invoice'>;

export type MassState =
  | { readonly phase: 'asking'; readonly kind: AskedKind; readonly key: string }
  | { readonly phase: 'running'; readonly kind: WishKind; readonly finished: number; readonly of: number }
  | { readonly phase: 'finished'; readonly kind: WishKind; readonly result: Result; readonly undo?: (() => void) | undefined };

export interface Mass {
  /** Nothing while nothing is going on. */
  readonly state: MassState | undefined;
  readonly ask: (kind: AskedKind) => void;
  readonly start: (wish: Wish) => void;
  readonly close: () => void;
}

/** The same for all orders that somebody has chosen. Those that it was done to are chosen no longer. */
export const useMass = (orders: readonly ListedOrder[], unchoose: (ids: ReadonlySet<string>) => void): Mass => {
  const { t } = useTranslation('orders');
  const queries = useQueryClient();
  const [state, setState] = useState<MassState>();

  const perform = async (wish: Wish, on: readonly ListedOrder[], key: string): Promise<Result> => {
    const told = (finished: number): void => setState({ phase: 'running', kind: wish.kind, finished, of: on.length });
    told(0);
    try {
      return await run(wish, on, { key, told });
    } finally {
      for (const service of ['order', 'billing', 'fulfillment', 'console']) void queries.invalidateQueries({ queryKey: [service] });
    }
  };

  const takeBack = async (ways: ReturnType<typeof undoOf>): Promise<void> => {
    try {
      let back = 0;
      for (const { wish, orders: on } of ways) {
        const { outcomes } = await perform(wish, on, crypto.randomUUID());
        back += outcomes.filter(({ done }) => done).length;
      }
      sayDone(t('mass.undone', { count: back }));
    } catch (error) {
      sayFailed(error);
    }
    setState(undefined);
  };

  const start = async (wish: Wish): Promise<void> => {
    const key = state?.phase === 'asking' ? state.key : crypto.randomUUID();
    try {
      const result = await perform(wish, orders, key);
      const done = new Set(result.outcomes.filter((one) => one.done).map(({ id }) => id));
      const ways = undoOf(wish, orders, result.outcomes);
      const undo = ways.length > 0 ? () => void takeBack(ways) : undefined;
      if (result.file === undefined) unchoose(done);
      if (isSaidInOneLine(result)) {
        setState(undefined);
        sayDone(t(`mass.done.${wish.kind}`, { count: done.size }), undo);
      } else setState({ phase: 'finished', kind: wish.kind, result, undo });
    } catch (error) {
      setState(undefined);
      sayFailed(error);
    }
  };

  return {
    state,
    ask: (kind) => setState({ phase: 'asking', kind, key: crypto.randomUUID() }),
    start: (wish) => void start(wish),
    close: () => setState(undefined),
  };
};

const isSaidInOneLine = ({ file, outcomes }: Result): boolean => file === undefined && outcomes.every(({ done }: Outcome) => done);
