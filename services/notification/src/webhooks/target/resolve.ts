import { lookup, Resolver } from 'node:dns/promises';

/** All addresses of a name. Asked at every attempt. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** As the machine does it, with its hosts file: for hosts of the operator's own. */
export const lookUpHere: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

/** By DNS alone, without a thread: one that is slow to answer keeps nobody else waiting. */
export const askDns: Resolve = async (host) => {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  const [v4, v6] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const found = [v4, v6].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  if (found.length === 0 && v4.status === 'rejected') throw v4.reason;
  return found;
};
