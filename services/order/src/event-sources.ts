import { z } from 'zod';

/** A service that tells what it has published about an order. */
export interface EventSource {
  readonly name: string;
  readonly url: string;
}

/** `name=url`, comma separated. */
export const eventSources = () =>
  z.string().transform((text, ctx): readonly EventSource[] => {
    const sources = text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '')
      .map(readSource);
    if (sources.every((source) => source !== undefined)) return sources;
    ctx.issues.push({ code: 'custom', message: 'Invalid sources: expected name=http://…, comma separated', input: undefined });
    return z.NEVER;
  });

const readSource = (entry: string): EventSource | undefined => {
  const [, name, url] = /^([a-z][a-z-]*)=(https?:\/\/.+)$/.exec(entry) ?? [];
  if (name === undefined || url === undefined || !URL.canParse(url)) return undefined;
  return { name, url: url.replace(/\/+$/, '') };
};
