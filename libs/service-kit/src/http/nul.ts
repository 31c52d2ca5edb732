import type { FieldIssue } from '@orderbus/kernel';

/** What is wrong with such a text. */
export const holdsNul = { message: 'Invalid text: holds the character U+0000', code: 'field.nul' };

/** Texts with the character U+0000, each by its path. PostgreSQL keeps none of them, and nobody types one. */
export const nulIssues = (value: unknown, path: readonly string[] = []): FieldIssue[] => {
  if (typeof value === 'string') return value.includes('\0') ? [{ field: path.join('.') || 'body', ...holdsNul }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => nulIssues(inner, [...path, key]));
};
