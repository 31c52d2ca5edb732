import { type Breaker, type BreakerOptions, breaker, type CircuitState } from '@orderbus/service-kit';
import { isIllness } from './amazon-error.ts';
import type { OperationClass } from './operations.ts';

export type CircuitName = 'login' | OperationClass;

/** The circuits of one store: made when they are first needed, so that a store that is idle costs nothing. */
export interface Circuits {
  /** @throws AppError `circuit.open`, `call.timeout`, or the work's own error. */
  through<T>(name: CircuitName, work: (deadline: AbortSignal) => Promise<T>): Promise<T>;
  /** @throws AppError `circuit.open` */
  throwIfOpen(name: CircuitName): void;
  readonly states: Readonly<Record<CircuitName, CircuitState>>;
  stop(): Promise<void>;
}

export const circuits = (storeId: string, { log, metrics, watch }: Pick<BreakerOptions, 'log' | 'metrics' | 'watch'>): Circuits => {
  const made = new Map<CircuitName, AnyBreaker>();
  const circuit = (name: CircuitName): AnyBreaker => {
    let one = made.get(name);
    if (!one) {
      const label = name === 'login' ? `lwa.${storeId}` : `spapi.${storeId}.${name}`;
      one = breaker({ name: label, timeoutMs: timeoutsMs[name], ...patience, log, metrics, watch, isFailure: isIllness }, (signal, work) =>
        work(signal),
      );
      made.set(name, one);
    }
    return one;
  };
  const stateOf = (name: CircuitName): CircuitState => made.get(name)?.state ?? 'closed';

  return {
    through: <T>(name: CircuitName, work: (deadline: AbortSignal) => Promise<T>) => circuit(name)(work) as Promise<T>,
    throwIfOpen: (name) => made.get(name)?.throwIfOpen(),
    get states() {
      return {
        login: stateOf('login'),
        reads: stateOf('reads'),
        writes: stateOf('writes'),
        feeds: stateOf('feeds'),
        contacts: stateOf('contacts'),
      };
    },
    stop: async () => {
      await Promise.all([...made.values()].map((one) => one.stop()));
    },
  };
};

type AnyBreaker = Breaker<[work: (deadline: AbortSignal) => Promise<unknown>], unknown>;

const timeoutsMs: Readonly<Record<CircuitName, number>> = { login: 15_000, reads: 30_000, writes: 30_000, feeds: 60_000, contacts: 30_000 };

/** A store that is polled every five minutes makes few calls: a minute's window would never see enough of them to judge. */
const patience = { windowMs: 30 * 60_000, minimumCalls: 5 };
