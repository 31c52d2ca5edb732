import { z } from 'zod';
import { defineEvent } from './define-event.ts';

/** What any service tells about its own running. The libraries tell it in its name: no feature does. */

const letters = {
  /** The service that could not process them. */
  service: z.string().min(1),
  /** The event that they are, `order.created.v1`; `unknown` when they are none of ours. */
  topic: z.string().min(1),
  /** The code of what stands at each of them: `too-early`, `not-allowed`, `breaks-contract`, ... Never a text: it could quote the message. */
  reason: z.string().min(1),
  errorClass: z.string().min(1).optional(),
};

/**
 * Messages wait for a person: those of one event that failed for one reason are told together. Told when the first of them is parked,
 * and anew when they have become many more, or fewer; never for each of them.
 */
export const DeadLettersOpened = defineEvent(
  'operations.dead_letters_opened',
  1,
  z.object({
    ...letters,
    /** How many wait by now. */
    open: z.int().positive(),
    /** Since when the oldest of them waits. */
    since: z.iso.datetime(),
    /** Their ids at the service, the oldest first: twenty at most. */
    letterIds: z.array(z.string().regex(/^\d+$/)).max(20),
    /** The orders that these are about, as far as they are about orders. */
    orderIds: z.array(z.uuid()).max(20),
  }),
);

/** None of them waits any more: they were handed over again, or discarded. */
export const DeadLettersSettled = defineEvent('operations.dead_letters_settled', 1, z.object(letters));

/** Another system does not answer, and is not asked for now. Told when that lasts. */
export const CircuitOpened = defineEvent(
  'operations.circuit_opened',
  1,
  z.object({
    /** Whose calls these are. */
    service: z.string().min(1),
    /** Which system is called: `amazon.main` of a store, `smtp`, `order`, ... */
    system: z.string().min(1),
    /** Its circuits that are open, as their metric names them. */
    circuits: z.array(z.string().min(1)).min(1),
    since: z.iso.datetime(),
  }),
);

/** It answers again. */
export const CircuitClosed = defineEvent(
  'operations.circuit_closed',
  1,
  z.object({ service: z.string().min(1), system: z.string().min(1) }),
);

export const operationsEvents = [DeadLettersOpened, DeadLettersSettled, CircuitOpened, CircuitClosed] as const;
