import { placeOf } from '@orderbus/outbox';
import { type Logger, pino } from 'pino';
import { z } from 'zod';
import { flag } from './config.ts';
import { context } from './context.ts';
import { prettyLine } from './pretty.ts';
import { scrubFields, scrubText } from './scrub.ts';

export type Log = Logger;

export interface LogOptions {
  readonly service: string;
  readonly level?: LogLevel;
  /** One line for people instead of JSON. */
  readonly pretty?: boolean;
  /** Where finished lines go. Default: standard output, written before the call returns. */
  readonly destination?: { write(line: string): void };
}

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof levels)[number];

/** To spread into a service's configuration. */
export const logSettings = {
  LOG_LEVEL: z.enum(levels).default('info'),
  LOG_PRETTY: flag().default(false),
};

/**
 * The log of one service: JSON lines with the service's name, the context, and neither secrets nor buyer data,
 * wherever they hide in fields, messages and errors.
 */
export const createLog = ({ service, level = 'info', pretty = false, destination }: LogOptions): Log => {
  const out = destination ?? pino.destination({ dest: 1, sync: true });
  const log: Log = pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: surroundings,
      // Pino's own serializer must not touch `err` again: it is plain by then.
      serializers: { err: (value: unknown) => value },
      formatters: { level: (label) => ({ level: label }), log: scrubFields },
      hooks: { streamWrite: scrubText },
    },
    pretty ? { write: (line: string) => out.write(`${prettyLine(line)}\n`) } : out,
  );
  // Pino formats the bindings of the first logger only; children inherit this method.
  const child = log.child;
  log.child = function (this: Log, bindings: object, options?: object) {
    return child.call(this, scrubFields({ ...bindings }), options);
  } as Log['child'];
  return log;
};

/** The context, its place in a trace by the names that log stores know. */
const surroundings = (): object => {
  const { traceparent, ...fields } = context();
  const place = placeOf(traceparent);
  return place ? { ...fields, trace_id: place.traceId, span_id: place.spanId } : fields;
};
