/**
 * Which events a subscription is about: topics (`order.created.v1`), or the beginning of topics (`order.*`, `order.created.*`, `*`). What
 * begins so and does not exist yet belongs to it, too.
 */
export const matches = (pattern: string, topic: string): boolean =>
  pattern.endsWith('*') ? topic.startsWith(pattern.slice(0, -1)) : pattern === topic;

/** Those that no event there is would match. */
export const unknownIn = (patterns: readonly string[], topics: readonly string[]): string[] =>
  patterns.filter((pattern) => !isWellFormed(pattern) || !topics.some((topic) => matches(pattern, topic)));

/** The same for the database. */
export const likeOf = (pattern: string): string => pattern.replace(/[\\%_]/g, '\\$&').replace(/\*$/, '%');

const isWellFormed = (pattern: string): boolean => /^(\*|([a-z_]+\.)+(\*|v\d+))$/.test(pattern);
