import type { Liquid } from 'liquidjs';
import type { Language } from '../domain/language.ts';
import { checkedTemplate } from './check.ts';
import { engineOf } from './engine.ts';
import { blankLine, type Format, tidy } from './formats.ts';
import { readParts, readTemplate, type TemplatePart } from './template-file.ts';

/** What a template has to have: its parts, and what becomes of each. */
export type Parts = Readonly<Record<string, Format>>;

/** Fills a template, part by part. Times are read from the clock of the zone. */
export type Fill<Wanted extends Parts> = (values: object, timeZone: string) => { readonly [Part in keyof Wanted]: string };

export interface TemplateFolder {
  /**
   * Reads a template and checks it against a sample of what it will be filled with. Only what it `embeds` may be put into it as it is: what
   * templates have made.
   */
  template<Wanted extends Parts>(file: string, parts: Wanted, sample: object, embeds?: readonly string[]): Fill<Wanted>;
}

/** The templates of one language. `complain` is told what is wrong with them, with file and line. */
export const templateFolder = (folder: URL, language: Language, complain: (problem: string) => void): TemplateFolder => {
  const shared = readParts(new URL('parts/', folder));
  const engineFor = (format: Format): Liquid => engineOf(format, language, shared);
  const engines: Record<Format, Liquid> = { title: engineFor('title'), text: engineFor('text'), html: engineFor('html') };

  const filled = ({ source, line }: TemplatePart, format: Format, sample: object, file: string, embeds: readonly string[]) => {
    const engine = engines[format];
    const own = format === 'text' ? source.replace(/^[ \t]*$/gm, blankLine) : source;
    const { parsed, complaints } = checkedTemplate(engine, own, { sample, embeds, partOf: (name) => shared[name] });
    for (const { line: inPart, problem } of complaints) complain(`${language}/${file}:${line + inPart - 1}: ${problem}`);
    return (values: object, timeZone: string) => tidy[format](engine.renderSync(parsed, values, { globals: { timeZone } }));
  };

  return {
    template: (file, parts, sample, embeds = []) => {
      const found = readTemplate(new URL(file, folder));
      if (!found) complain(`${language}/${file}: the file is missing`);
      const fills = Object.entries(parts).map(([name, format]) => {
        const part = found?.get(name);
        if (found && !part?.source) complain(`${language}/${file}: the part "${name}" is missing`);
        return [name, part ? filled(part, format, sample, file, embeds) : () => ''] as const;
      });
      return (values, timeZone) =>
        Object.fromEntries(fills.map(([name, fill]) => [name, fill(values, timeZone)])) as { [Part in keyof typeof parts]: string };
    },
  };
};
