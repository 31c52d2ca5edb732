import express, { type Router } from 'express';
import { readInput } from './control-schemas.ts';
import { FaultOrder } from './fault-kinds.ts';
import type { Faults } from './faults.ts';

/** `/sandbox/faults`: what goes wrong, switched on and off. */
export const faultRoutes = (faults: Faults): Router => {
  const router = express.Router();

  router.post('/', (request, response) => {
    response.status(201).json(faults.begin(readInput(FaultOrder, request.body)));
  });

  router.get('/', (_request, response) => {
    response.json({ faults: faults.all });
  });

  router.delete('/', (_request, response) => {
    faults.clear();
    response.status(204).end();
  });

  router.delete('/:id', (request, response) => {
    faults.end(request.params.id);
    response.status(204).end();
  });

  return router;
};
