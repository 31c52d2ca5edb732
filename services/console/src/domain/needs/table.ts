import type { Event } from '@orderbus/contracts';
import type { Notice } from './need.ts';
import { ofOrders } from './of-orders.ts';
import { ofTheInstallation } from './of-the-installation.ts';
import { ofWrites } from './of-writes.ts';

/**
 * What needs a person, and what waits for Amazon: which event opens it, and which settles it. Both name the same thing, or it would stay open
 * for good.
 */
export const meanings = new Map([...ofOrders, ...ofWrites, ...ofTheInstallation]);

export const noticesOf = (event: Event): readonly Notice[] => meanings.get(event.type)?.(event) ?? [];
