const colours: Readonly<Record<string, number>> = { trace: 90, debug: 90, info: 32, warn: 33, error: 31, fatal: 41 };

/** A JSON log line as one line to read: time, level, service, message, the rest as `key=value`, without the trace. Only an error's stack adds lines, indented. */
export const prettyLine = (json: string, colour = process.stdout.isTTY === true): string => {
  const { level, time, service, msg, err, trace_id: _, span_id: __, ...rest } = JSON.parse(json) as Record<string, unknown>;
  const label = String(level).toUpperCase().padEnd(5);
  const fields = Object.entries(rest).map(
    ([key, value]) => `${visible(key)}=${visible(typeof value === 'string' ? value : JSON.stringify(value))}`,
  );
  const head = [
    String(time).slice(11, 23),
    colour ? `\u001b[${colours[String(level)] ?? 0}m${label}\u001b[0m` : label,
    visible(String(service)).padEnd(12),
    visible(String(msg ?? '')),
    ...fields,
  ].join(' ');
  return err === undefined ? head : `${head}\n${stackOf(err)}`;
};

/** Control characters spelled out, so that nothing logged can forge a line or drive a terminal. */
const visible = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029]/gu, (char) => escapes[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const stackOf = (err: unknown): string => {
  const { stack, message } = (typeof err === 'object' && err !== null ? err : {}) as { stack?: string; message?: string };
  return (stack ?? message ?? JSON.stringify(err))
    .split('\n')
    .map((line) => `    ${visible(line)}`)
    .join('\n');
};
