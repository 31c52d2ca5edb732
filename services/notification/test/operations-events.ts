import { randomUUID } from 'node:crypto';
import { CircuitClosed, CircuitOpened, DeadLettersOpened, DeadLettersSettled, StockLow, StockReplenished } from '@orderbus/contracts';
import { aggregate } from './gateway-events.ts';

const since = '2026-03-01T09:58:00.000Z';

/** What a service tells of itself: of its dead letters of one kind, and of a system that it calls. */
export const aService = (tenant: string, service = 'billing') => {
  const [tellLetters, tellCircuit] = [aggregate(tenant, randomUUID()), aggregate(tenant, randomUUID())];
  const letters = { service, topic: 'order.created.v1', reason: 'error', errorClass: 'TypeError' };
  return {
    opened: (open: number) => tellLetters(DeadLettersOpened, { ...letters, open, since, letterIds: ['41'], orderIds: [] }),
    settled: () => tellLetters(DeadLettersSettled, letters),
    circuitOpened: () => tellCircuit(CircuitOpened, { service, system: 'order', circuits: ['order.buyers'], since }),
    circuitClosed: () => tellCircuit(CircuitClosed, { service, system: 'order' }),
  };
};

/** A product on the shelves. */
export const aProduct = (tenant: string, sku = 'MUG-BLUE') => {
  const [tell, product] = [aggregate(tenant, randomUUID()), { sku, title: 'Blue mug' }];
  return {
    low: (available = 3) => tell(StockLow, { ...product, available, lowAt: 5 }),
    replenished: () => tell(StockReplenished, { ...product, available: 43, reason: 'replenished' as const }),
  };
};
