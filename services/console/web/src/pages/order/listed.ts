import { locale } from '../../words/index.ts';

/** "Ada, Bo and Cy", as the reader's language joins them. */
export const listed = (parts: readonly string[]): string => new Intl.ListFormat(locale(), { type: 'conjunction' }).format(parts);
