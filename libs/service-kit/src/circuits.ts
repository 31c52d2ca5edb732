import { allStores } from '@orderbus/contracts';
import type { CircuitState } from './breaker.ts';

/** A circuit, and what it leads to. */
export interface Circuit {
  /** As people know it: `smtp`, `order`, `amazon.main`. Several circuits may lead to one system. */
  readonly system: string;
  /** The store whose calls these are, or `allStores`. */
  readonly tenant: string;
  readonly name: string;
  readonly state: CircuitState;
}

/** From now on it is watched; answers with how to end that. */
export type WatchCircuit = (circuit: Pick<Circuit, 'name' | 'state'>) => () => void;

/** The circuits of one service in this process of which the staff is told when they stay open. */
export interface Circuits {
  to(system: string, tenant?: string): WatchCircuit;
  readonly all: readonly Circuit[];
}

export const createCircuits = (): Circuits => {
  const watched = new Map<object, () => Circuit>();
  return {
    to:
      (system, tenant = allStores) =>
      (circuit) => {
        const key = {};
        watched.set(key, () => ({ system, tenant, name: circuit.name, state: circuit.state }));
        return () => void watched.delete(key);
      },
    get all() {
      return [...watched.values()].map((look) => look());
    },
  };
};
