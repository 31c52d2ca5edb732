import { type Html, html } from '@orderbus/service-kit/html';

const words: Readonly<Record<string, readonly [word: string, tone: string]>> = {
  pending: ['Pending', 'calm'],
  new: ['New', 'wait'],
  blocked: ['Blocked', 'attention'],
  processing: ['Processing', 'go'],
  held: ['On hold', 'attention'],
  complete: ['Complete', 'ok'],
  closed: ['Closed', 'stopped'],
  canceled: ['Canceled', 'stopped'],
};

/** Where an order stands, in the seller's words; one that is new to this page is shown as it is. */
export const stateWord = (state: string): string => words[state]?.[0] ?? state;

export const stateDot = (state: string): Html => html`<i class="dot ${words[state]?.[1] ?? 'calm'}"></i>`;

const storeTones: Readonly<Record<string, string>> = { ok: 'ok', running: 'ok', connecting: 'wait', paused: 'wait' };

/** How a store stands with Amazon: `failing` is tried again, `refused` waits for a person. */
export const storeTone = (status: string): string => storeTones[status] ?? 'attention';

export const isBehind = (status: string): boolean => storeTone(status) === 'attention';
