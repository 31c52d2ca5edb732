import ipaddr from 'ipaddr.js';

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

const words: Readonly<Record<string, string>> = {
  metadata: "a cloud's metadata service",
  loopback: 'this machine itself',
  private: 'a private address',
  uniqueLocal: 'a private address',
  linkLocal: 'a link-local address',
  carrierGradeNat: 'an address behind a carrier',
  multicast: 'a multicast address',
  broadcast: 'a broadcast address',
  unspecified: 'no address of anybody',
  ipv4Mapped: 'an IPv4 address in disguise',
  rfc6145: 'an IPv4 address in disguise',
  rfc6052: 'an IPv4 address in disguise',
  '6to4': 'an IPv4 address in disguise',
  teredo: 'an IPv4 address in disguise',
};

/** What kind of address it is that nobody may be led to from outside, in words; nothing for a public one. */
export const whyNotPublic = (address: string): string | undefined => {
  if (!ipaddr.isValid(address)) return 'no address that can be read';
  const range = rangeOf(ipaddr.parse(address));
  return range === 'unicast' ? undefined : (words[range] ?? 'a reserved address');
};

const rangeOf = (address: ipaddr.IPv4 | ipaddr.IPv6): string => {
  if (address instanceof ipaddr.IPv4) return ipaddr.subnetMatch(address, ranges4, address.range());
  const range = ipaddr.subnetMatch(address, ranges6, address.range());
  return range === 'unicast' ? ipaddr.subnetMatch(address, { unicast: public6 }, 'reserved') : range;
};
