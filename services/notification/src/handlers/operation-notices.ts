import type { CircuitClosed, CircuitOpened, DeadLettersOpened, DeadLettersSettled } from '@orderbus/contracts';
import type { WatchCommand } from '../domain/watch.ts';
import { clears, type EventOf, notices, tells } from './notice.ts';

/** How the services themselves are. The watch is that of the event's aggregate: dead letters of one kind, or a called system. */

export const lettersOpened = (event: EventOf<typeof DeadLettersOpened>): WatchCommand =>
  notices(tells(event, { kind: 'dead-letter', ...event.data }));

export const lettersSettled = (event: EventOf<typeof DeadLettersSettled>): WatchCommand => notices(clears(event, 'dead-letter'));

export const circuitOpened = (event: EventOf<typeof CircuitOpened>): WatchCommand =>
  notices(tells(event, { kind: 'circuit-open', ...event.data }));

export const circuitClosed = (event: EventOf<typeof CircuitClosed>): WatchCommand => notices(clears(event, 'circuit-open'));
