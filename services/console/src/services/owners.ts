import { z } from 'zod';

/** Whose HTTP APIs pages may use. */
export const owners = ['amazon-gateway', 'order', 'fulfillment', 'billing', 'notification', 'access'] as const;
export type Owner = (typeof owners)[number];

export type OwnerAddresses = ReadonlyMap<Owner, string>;

/** `name=url`, comma separated, for all of them. */
export const ownerAddresses = () =>
  z.string().transform((text, ctx): OwnerAddresses => {
    const read = new Map(text.split(',').map((entry) => readEntry(entry.trim())));
    const missing = owners.filter((owner) => !read.has(owner));
    const wrong = [...read.keys()].filter((name) => !isOwner(name));
    if (missing.length === 0 && wrong.length === 0) return read as OwnerAddresses;
    const complaint = missing.length > 0 ? `missing ${missing.join(', ')}` : `not known: ${wrong.join(', ')}`;
    ctx.issues.push({
      code: 'custom',
      message: `Invalid services: expected name=http://…, comma separated; ${complaint}`,
      input: undefined,
    });
    return z.NEVER;
  });

export const isOwner = (name: string): name is Owner => (owners as readonly string[]).includes(name);

const readEntry = (entry: string): readonly [name: string, url: string] => {
  const [, name, url] = /^([a-z][a-z-]*)=(https?:\/\/.+)$/.exec(entry) ?? [];
  return name !== undefined && url !== undefined && URL.canParse(url) ? [name, url.replace(/\/+$/, '')] : [`"${entry.slice(0, 40)}"`, ''];
};
