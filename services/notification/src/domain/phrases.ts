import type { AmazonRefusal } from '@orderbus/contracts';
import type { NamedOrder } from './facts.ts';

/** A title, and the lines of the text below it. */
export interface Words {
  readonly title: string;
  readonly text: readonly string[];
}

/** Amazon's words first; behind them what its support asks for. */
export const refusalLine = ({ code, words, requestId }: AmazonRefusal): string =>
  `- ${words} (${code}${requestId === undefined ? '' : `, Amazon's request ${requestId}`})`;

/** To the minute, in UTC: `2026-03-02 15:04 UTC`. */
export const timeText = (time: string): string => `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

/** Our number, and Amazon's. */
export const numbered = ({ number, amazonOrderId }: NamedOrder): string => `${number} (${amazonOrderId})`;
