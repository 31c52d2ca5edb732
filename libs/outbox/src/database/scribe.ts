import type pg from 'pg';

/** What is sent to the server, and how names are written. */
export type Scribe = Pick<pg.Client, 'query' | 'escapeIdentifier' | 'escapeLiteral'>;
