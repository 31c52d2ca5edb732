import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Agenda } from './agenda.ts';
import { isBefore, type Position, Timeline } from './timeline.ts';

const positions = fc.uniqueArray(fc.record({ time: fc.nat(20), sequence: fc.nat(50) }), {
  selector: ({ time, sequence }) => `${time}/${sequence}`,
  maxLength: 60,
});
const ascending = (all: readonly Position[]): Position[] => [...all].sort((a, b) => (isBefore(a, b) ? -1 : 1));

test('an agenda gives back what is due in order, whatever the order it came in', () => {
  fc.assert(
    fc.property(positions, (all) => {
      const agenda = new Agenda();
      for (const position of all) agenda.add(position);
      const taken = all.map(() => agenda.take());
      expect(taken).toEqual(ascending(all));
      expect(agenda.take()).toBeUndefined();
      expect(agenda.nextTime()).toBe(Number.POSITIVE_INFINITY);
    }),
  );
});

test('a timeline gives everything strictly after a position, in order', () => {
  fc.assert(
    fc.property(positions, fc.record({ time: fc.nat(20), sequence: fc.nat(50) }), (all, after) => {
      const timeline = new Timeline();
      for (const position of all) timeline.add(position);
      expect([...timeline.after(after)]).toEqual(ascending(all).filter((position) => isBefore(after, position)));
    }),
  );
});
