import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** One part of a template file: what stands between `=== <name>` and the next such line. */
export interface TemplatePart {
  readonly source: string;
  /** Where it begins in the file. */
  readonly line: number;
}

/** Nothing, when there is no such file. */
export const readTemplate = (file: URL): ReadonlyMap<string, TemplatePart> | undefined => {
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const heads = lines.flatMap((line, n) => (/^=== \w+$/.test(line) ? [n] : []));
  return new Map(
    heads.map((head, n) => {
      const source = lines.slice(head + 1, heads[n + 1]).join('\n');
      return [(lines[head] as string).slice(4), { source: source.trimEnd(), line: head + 2 }];
    }),
  );
};

/** Each file of a folder as a whole, by its name. */
export const readParts = (folder: URL): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder).map((file) => [file.replace(/\.liquid$/, ''), readFileSync(new URL(file, folder), 'utf8').trim()]),
  );
