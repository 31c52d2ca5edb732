import { readFileSync } from 'node:fs';
import { z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that is wrong with the environment, in one text for the operator. Holds names and reasons, never values. */
export class ConfigError extends Error {
  constructor(complaints: readonly string[]) {
    super(`Cannot start, the environment is wrong:\n${complaints.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** `parseConfig`, or the complaint on stderr and exit code 1. For `main.ts`. */
export const loadConfig = <S extends z.ZodObject>(schema: S, env: Environment): z.output<S> => {
  try {
    return parseConfig(schema, env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
};

/**
 * Reads the variables that the schema names. An empty variable counts as not set. `NAME_FILE=/path` stands for `NAME` with the
 * contents of that file, trimmed: the way in which containers hand over secrets.
 * @throws ConfigError with every mistake at once.
 */
export const parseConfig = <S extends z.ZodObject>(schema: S, env: Environment): z.output<S> => {
  const complaints: string[] = [];
  const values: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const found = lookUp(name, env);
    if ('complaint' in found) complaints.push(found.complaint);
    else if (found.value) values[name] = found.value;
  }
  const unread = new Set(complaints.map((line) => line.slice(0, line.indexOf(':')).replace(/_FILE$/, '')));
  const result = schema.safeParse(values);
  for (const issue of result.error?.issues ?? []) {
    const name = issue.path.map(String).join('.') || 'environment';
    if (!unread.has(name)) complaints.push(`${name}: ${issue.message}`);
  }
  if (result.success && complaints.length === 0) return result.data;
  throw new ConfigError(complaints);
};

/** A TCP port; 0 asks the system for a free one. */
export const port = () => z.coerce.number().int().min(0).max(65_535);

/** A URL with one of these schemes: `url(['postgres', 'postgresql'])`. */
export const url = (schemes: readonly [string, ...string[]]) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1)), {
    error: (issue) => (issue.input === undefined ? undefined : `Invalid URL: expected ${schemes.map((s) => `${s}://…`).join(' or ')}`),
  });

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A duration in milliseconds: `250ms`, `5s`, `2m`, `1h`, `30d`, or a bare number of milliseconds. */
export const durationMs = () =>
  z.string().transform((text, ctx): number => {
    const [, amount, unit = 'ms'] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?$/.exec(text.trim()) ?? [];
    if (amount === undefined) {
      ctx.issues.push({ code: 'custom', message: 'Invalid duration: expected e.g. 250ms, 5s, 2m, 1h or 30d', input: undefined });
      return z.NEVER;
    }
    return Math.round(Number(amount) * unitMs[unit as keyof typeof unitMs]);
  });

/** `true`, `false`, `1` or `0`. */
export const flag = () =>
  z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'], error: 'Invalid flag: expected true, false, 1 or 0' });

/** Comma separated; blanks around and between the commas do not count. */
export const list = () =>
  z.string().transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );

const lookUp = (name: string, env: Environment): { value: string | undefined } | { complaint: string } => {
  const file = env[`${name}_FILE`];
  if (!file) return { value: env[name] };
  if (env[name]) return { complaint: `${name}: set either ${name} or ${name}_FILE, not both` };
  try {
    return { value: readFileSync(file, 'utf8').trim() };
  } catch (error) {
    return { complaint: `${name}_FILE: cannot read ${file} (${(error as NodeJS.ErrnoException).code})` };
  }
};
