import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import de from '../web/src/words/audit.de.ts';
import en from '../web/src/words/audit.en.ts';

const services = ['order', 'fulfillment', 'billing', 'amazon-gateway', 'notification', 'access', 'console'];

interface Operation {
  readonly operationId: string;
  readonly 'x-permissions'?: readonly string[];
}

/** What changes something and needs a permission is on record, under its name. */
const changes = (service: string): string[] => {
  const { paths } = parse(readFileSync(new URL(`../../../docs/openapi/${service}.yaml`, import.meta.url), 'utf8')) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  };
  return Object.values(paths)
    .flatMap((methods) => Object.entries(methods))
    .flatMap(([method, operation]) => (method !== 'get' && operation['x-permissions'] ? [operation.operationId] : []));
};

test.each(services)('everything that can be changed at %s has words on record', (service) => {
  for (const words of [en, de]) expect(changes(service).filter((name) => !(name in words.deed))).toEqual([]);
});
