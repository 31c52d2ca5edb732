import 'i18next';
import type actions from './actions.en.ts';
import type alerts from './alerts.en.ts';
import type audit from './audit.en.ts';
import type common from './common.en.ts';
import type events from './events.en.ts';
import type money from './money.en.ts';
import type needs from './needs.en.ts';
import type operations from './operations.en.ts';
import type order from './order.en.ts';
import type orders from './orders.en.ts';
import type problems from './problems.en.ts';
import type setup from './setup.en.ts';
import type shipping from './shipping.en.ts';
import type stock from './stock.en.ts';
import type stores from './stores.en.ts';
import type stuck from './stuck.en.ts';
import type today from './today.en.ts';
import type told from './told.en.ts';
import type webhooks from './webhooks.en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      actions: typeof actions;
      alerts: typeof alerts;
      audit: typeof audit;
      common: typeof common;
      events: typeof events;
      money: typeof money;
      needs: typeof needs;
      operations: typeof operations;
      order: typeof order;
      orders: typeof orders;
      problems: typeof problems;
      setup: typeof setup;
      shipping: typeof shipping;
      stock: typeof stock;
      stores: typeof stores;
      stuck: typeof stuck;
      today: typeof today;
      told: typeof told;
      webhooks: typeof webhooks;
    };
  }
}
