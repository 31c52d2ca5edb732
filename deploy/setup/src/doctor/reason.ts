import { scrubText } from '@orderbus/service-kit';

/** Why, without passwords. */
export const reasonOf = (error: unknown): string => {
  const { message, code, errors } = error as { message?: string; code?: unknown; errors?: readonly unknown[] };
  const words = message || (errors?.[0] as Error | undefined)?.message || String(code ?? error);
  return scrubText(words.split('\n')[0] ?? '');
};
