import ipaddr from 'ipaddr.js';
import type { Reason } from '../../domain/reason.ts';

type Net<Address> = [Address, number];

const v4 = (...list: readonly string[]): Net<ipaddr.IPv4>[] => list.map((net) => ipaddr.IPv4.parseCIDR(net));
const v6 = (...list: readonly string[]): Net<ipaddr.IPv6>[] => list.map((net) => ipaddr.IPv6.parseCIDR(net));

/** What the library does not know. The metadata services answer machines of a cloud with credentials; Azure's has a public address. */
const ranges4 = {
  metadata: v4('169.254.169.254/32', '169.254.170.2/32', '100.100.100.200/32', '168.63.129.16/32', '192.0.0.192/32'),
  reserved: v4('198.18.0.0/15'),
};
const ranges6 = {
  metadata: v6('fd00:ec2::/32', 'fd20:ce::254/128'),
  reserved: v6('2001::/23', '3fff::/20'),
};

/** The part of IPv6 that is given out to the public. All else is refused, whatever it may come to be used for. */
const public6 = v6('2000::/3');

const disguised: Reason = { code: 'target.ipv4-in-disguise', words: 'an IPv4 address in disguise' };
const privateOne: Reason = { code: 'target.private', words: 'a private address' };
const reserved: Reason = { code: 'target.reserved', words: 'a reserved address' };
const unreadable: Reason = { code: 'target.unreadable', words: 'no address that can be read' };

const kinds: Readonly<Record<string, Reason>> = {
  metadata: { code: 'target.metadata-service', words: "a cloud's metadata service" },
  loopback: { code: 'target.this-machine', words: 'this machine itself' },
  private: privateOne,
  uniqueLocal: privateOne,
  linkLocal: { code: 'target.link-local', words: 'a link-local address' },
  carrierGradeNat: { code: 'target.behind-carrier', words: 'an address behind a carrier' },
  multicast: { code: 'target.multicast', words: 'a multicast address' },
  broadcast: { code: 'target.broadcast', words: 'a broadcast address' },
  unspecified: { code: 'target.of-nobody', words: 'no address of anybody' },
  ...{ ipv4Mapped: disguised, rfc6145: disguised, rfc6052: disguised, '6to4': disguised, teredo: disguised },
};

/** What kind of address it is that nobody may be led to from outside; nothing for a public one. */
export const whyNotPublic = (address: string): Reason | undefined => {
  if (!ipaddr.isValid(address)) return unreadable;
  const range = rangeOf(ipaddr.parse(address));
  return range === 'unicast' ? undefined : (kinds[range] ?? reserved);
};

const rangeOf = (address: ipaddr.IPv4 | ipaddr.IPv6): string => {
  if (address instanceof ipaddr.IPv4) return ipaddr.subnetMatch(address, ranges4, address.range());
  const range = ipaddr.subnetMatch(address, ranges6, address.range());
  return range === 'unicast' ? ipaddr.subnetMatch(address, { unicast: public6 }, 'reserved') : range;
};
