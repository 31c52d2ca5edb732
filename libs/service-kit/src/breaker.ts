import { AppError } from '@orderbus/kernel';
import CircuitBreaker from 'opossum';
import type { WatchCircuit } from './circuits.ts';
import { withDeadline } from './deadline.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

export interface BreakerOptions {
  /** The called system, e.g. `spapi.orders`: label of the metric, detail of the errors. */
  readonly name: string;
  readonly timeoutMs: number;
  readonly log: Log;
  readonly metrics: Metrics;
  /** `kit.circuits.to(system)`: the staff is told when it stays open. Undefined: nobody has to know. */
  readonly watch: WatchCircuit | undefined;
  /** Does this error say that the other side is ill? Answers that blame the call (4xx, throttling) do not. Default: every error does. */
  readonly isFailure?: (error: unknown) => boolean;
  /** How long an open circuit waits before it lets one call through to try. */
  readonly resetMs?: number;
  /** How far back it looks to judge. Default: a minute. */
  readonly windowMs?: number;
  /** How many calls there must have been in that time. Default: 10. */
  readonly minimumCalls?: number;
}

export type CircuitState = keyof typeof stateValues;

export interface Breaker<A extends unknown[], R> {
  /**
   * @throws AppError `circuit.open` without calling, with `retryAfterMs` in its details; `call.timeout` when time is up (the other side may still have acted), or the call's own error.
   */
  (...args: A): Promise<R>;
  readonly state: CircuitState;
  /** For what is costly to prepare. @throws AppError `circuit.open` */
  throwIfOpen(): void;
  /** Refuses further calls and lets go of the timers. */
  stop(): Promise<void>;
}

/** Calls `fn` only while the other side seems well: opens when, of enough calls in the window, more than half failed. */
export const breaker = <A extends unknown[], R>(
  options: BreakerOptions,
  fn: (signal: AbortSignal, ...args: A) => Promise<R>,
): Breaker<A, R> => {
  const { name, timeoutMs, log, metrics, watch, isFailure = () => true, resetMs = 30_000, windowMs = 60_000, minimumCalls = 10 } = options;
  const timedOut = () => new AppError('unavailable', 'call.timeout', { name, timeoutMs });
  const isTimeout = (error: unknown) => error instanceof AppError && error.code === 'call.timeout';
  const circuit = new CircuitBreaker((...args: A) => withDeadline(timeoutMs, (signal) => fn(signal, ...args), timedOut), {
    name,
    // The deadline is ours: opossum's neither aborts per call nor keeps an error type.
    timeout: false,
    resetTimeout: resetMs,
    volumeThreshold: minimumCalls,
    rollingCountTimeout: windowMs,
    rollingPercentilesEnabled: false,
    // Nobody listens to them, and each circuit would have a timer for it.
    enableSnapshots: false,
    errorFilter: (error: unknown) => !isTimeout(error) && !isFailure(error),
  });

  const gauge = metrics.gauge({ name: 'circuit_state', help: '0 closed, 1 half open, 2 open', labelNames: ['name'] });
  gauge.set({ name }, stateValues.closed);
  let openedAt = 0;
  const isOpen = () => {
    const leftMs = openedAt + resetMs - performance.now();
    return new AppError('unavailable', 'circuit.open', { name, retryAfterMs: Math.ceil(Math.max(leftMs, Math.min(resetMs, 1_000))) });
  };
  const changed = (state: CircuitState) => {
    gauge.set({ name }, stateValues[state]);
    if (state === 'open') log.warn({ circuit: name, state, resetMs }, 'circuit opened: calls fail at once');
    else log.info({ circuit: name, state }, `circuit ${state}`);
  };
  circuit.on('open', () => {
    openedAt = performance.now();
    changed('open');
  });
  circuit.on('halfOpen', () => changed('half-open'));
  circuit.on('close', () => changed('closed'));

  const unwatch = watch?.({
    name,
    get state() {
      return stateOf(circuit);
    },
  });

  const call = async (...args: A): Promise<R> => {
    try {
      return await circuit.fire(...args);
    } catch (error) {
      const refused = error instanceof Error && CircuitBreaker.isOurError(error);
      throw refused ? isOpen() : error;
    }
  };
  return Object.defineProperty(
    Object.assign(call, {
      throwIfOpen() {
        if (circuit.opened) throw isOpen();
      },
      async stop() {
        circuit.shutdown();
        unwatch?.();
        gauge.remove({ name });
      },
    }),
    'state',
    { get: () => stateOf(circuit) },
  ) as Breaker<A, R>;
};

const stateValues = { closed: 0, 'half-open': 1, open: 2 } as const;

const stateOf = (circuit: { opened: boolean; halfOpen: boolean }): CircuitState => {
  if (circuit.opened) return 'open';
  return circuit.halfOpen ? 'half-open' : 'closed';
};
