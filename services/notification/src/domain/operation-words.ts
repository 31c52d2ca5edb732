import type { FactsOf } from './facts.ts';
import { counted, timeText, type Words } from './phrases.ts';

export const deadLetters = ({ service, topic, reason, errorClass, open, since, letterIds, orderIds }: FactsOf<'dead-letter'>): Words => {
  const why = `${reason}${errorClass === undefined ? '' : `, ${errorClass}`}`;
  return {
    title: `${service} could not process ${counted(open, 'message')}: ${topic}, ${reason}`,
    text: [
      `${service} could not process ${counted(open, 'message')} (${topic}: ${why}). The oldest waits since ${timeText(since)}.`,
      `Its dead letters ${listed(letterIds, open)}.`,
      ...(orderIds.length === 0 ? [] : [`They are about orders ${listed(orderIds, orderIds.length)}.`]),
      'Nothing of them is lost, and other messages go on. Look at GET /dead-letters of that service: mend the cause and redrive them, or discard them.',
    ],
  };
};

export const openCircuit = ({ service, system, circuits, since }: FactsOf<'circuit-open'>): Words => ({
  title: `${service} gets no good answer from ${system}`,
  text: [
    `Calls of ${service} to ${system} have been failing since ${timeText(since)}, and are held back for now (${circuits.join(', ')}).`,
    'It is tried again by itself; what waits is done then. If it lasts: is the other system up, and are its address and credentials right?',
  ],
});

const listed = (some: readonly string[], all: number): string =>
  `${some.join(', ')}${all > some.length ? ` and ${all - some.length} more` : ''}`;
