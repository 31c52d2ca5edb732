import type { StockLow, StockReplenished } from '@orderbus/contracts';
import type { WatchCommand } from '../domain/watch.ts';
import { clears, type EventOf, notices, tells } from './notice.ts';

/** How much is left of what is sold. The watch is the product's. */

export const low = (event: EventOf<typeof StockLow>): WatchCommand => notices(tells(event, { kind: 'stock-low', ...event.data }));

export const replenished = (event: EventOf<typeof StockReplenished>): WatchCommand => notices(clears(event, 'stock-low'));
