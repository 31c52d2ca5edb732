import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { Action } from '../src/domain/stuck/actions.ts';
import { whyStuck } from '../src/domain/stuck.ts';
import { examples } from './stuck-examples.ts';

interface Operation {
  readonly 'x-permissions'?: readonly string[];
  readonly 'x-may-need'?: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> };
}

type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

const read = new Map<string, Promise<Paths>>();
const pathsOf = async (service: string): Promise<Paths> =>
  parse(await readFile(new URL(`../../../docs/openapi/${service}.yaml`, import.meta.url), 'utf8')).paths;

/** What an owner's API takes at this path. */
const operationOf = async ({ service, method, path }: Action): Promise<Operation | undefined> => {
  const reading = read.get(service) ?? pathsOf(service);
  read.set(service, reading);
  const paths = await reading;
  const isMeant = (template: string): boolean => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path);
  const found = Object.keys(paths).filter((template) => isMeant(template) && paths[template]?.[method.toLowerCase()] !== undefined);
  return found.length === 1 ? paths[found[0] ?? '']?.[method.toLowerCase()] : undefined;
};

const buttons = Object.values(examples)
  .flat()
  .flatMap((known) => whyStuck(known) ?? [])
  .flatMap(({ action, alternatives }) => [...(action ? [action] : []), ...alternatives]);
const kinds = [...new Map(buttons.map((button) => [button.kind, button])).values()];

describe('the button', () => {
  test.each(kinds.map((button) => [button.kind, button] as const))(
    '%s is a request that its owner takes, by whoever may',
    async (_, button) => {
      const operation = await operationOf(button);
      expect(operation).toBeDefined();
      const { 'x-permissions': needed = [], 'x-may-need': perhaps } = operation ?? {};
      const isMoney = button.needs.includes('refund') && perhaps === 'refund';
      expect([...button.needs].sort()).toEqual([...needed, ...(isMoney ? ['refund'] : [])].sort());
      const sendsBody = button.body !== undefined || button.asks !== undefined;
      if (sendsBody) expect(operation?.requestBody).toBeDefined();
      if (!sendsBody) expect(operation?.requestBody).toBeUndefined();
    },
  );
});
