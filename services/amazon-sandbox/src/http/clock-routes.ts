import { AppError } from '@orderbus/kernel';
import express, { type Router } from 'express';
import type { AdjustableClock } from '../adjustable-clock.ts';
import type { World } from '../world/world.ts';
import { ClockAdvance, ClockSpeed, readInput } from './control-schemas.ts';

export interface ClockApi {
  readonly world: World;
  /** Absent when the world lives by somebody else's clock. */
  readonly adjustable: AdjustableClock | undefined;
}

/** `/sandbox/clock`: how fast the world lives, and a leap forward. What falls due on the way happens at its own time. */
export const clockRoutes = ({ world, adjustable }: ClockApi): Router => {
  const router = express.Router();
  const moved = (move: (clock: AdjustableClock) => void) => {
    if (!adjustable) throw new AppError('conflict', 'sandbox.clock-not-ours');
    move(adjustable);
    world.advance();
    return { now: adjustable.now().toISOString(), speed: adjustable.speed };
  };

  router.put('/clock', (request, response) => {
    const { speed } = readInput(ClockSpeed, request.body);
    response.json(moved((clock) => clock.setSpeed(speed)));
  });

  router.post('/clock', (request, response) => {
    const { advanceMs } = readInput(ClockAdvance, request.body);
    response.json(moved((clock) => clock.advance(advanceMs)));
  });

  return router;
};
