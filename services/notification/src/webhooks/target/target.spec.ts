import { describe, expect, test } from '@jest/globals';
import { AppError } from '@orderbus/kernel';
import { whyNotPublic } from './addresses.ts';
import { readAllowedHost, readTarget } from './target.ts';

const refusalOf = (url: string, ...allowed: string[]): unknown => {
  try {
    readTarget(
      url,
      allowed.map((text) => readAllowedHost(text) ?? { host: 'cannot be read' }),
    );
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.details.why : error;
  }
};

describe('an address', () => {
  test.each(['93.184.216.34', '8.8.8.8', '172.15.0.1', '172.32.0.1', '100.63.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
    '%s is public',
    (address) => {
      expect(whyNotPublic(address)).toBeUndefined();
    },
  );

  test.each([
    ['127.0.0.1', 'this machine itself'],
    ['127.255.255.254', 'this machine itself'],
    ['0.0.0.0', 'no address of anybody'],
    ['0.1.2.3', 'no address of anybody'],
    ['10.1.2.3', 'a private address'],
    ['172.16.0.1', 'a private address'],
    ['172.31.255.255', 'a private address'],
    ['192.168.1.1', 'a private address'],
    ['169.254.1.1', 'a link-local address'],
    ['169.254.169.254', "a cloud's metadata service"],
    ['169.254.170.2', "a cloud's metadata service"],
    ['100.100.100.200', "a cloud's metadata service"],
    ['168.63.129.16', "a cloud's metadata service"],
    ['100.64.0.1', 'an address behind a carrier'],
    ['100.127.255.255', 'an address behind a carrier'],
    ['198.18.0.1', 'a reserved address'],
    ['192.0.2.1', 'a reserved address'],
    ['203.0.113.7', 'a reserved address'],
    ['240.0.0.1', 'a reserved address'],
    ['224.0.0.1', 'a multicast address'],
    ['255.255.255.255', 'a broadcast address'],
    ['::', 'no address of anybody'],
    ['::1', 'this machine itself'],
    ['::7f00:1', 'a reserved address'],
    ['::ffff:127.0.0.1', 'an IPv4 address in disguise'],
    ['::ffff:8.8.8.8', 'an IPv4 address in disguise'],
    ['::ffff:0:127.0.0.1', 'an IPv4 address in disguise'],
    ['64:ff9b::7f00:1', 'an IPv4 address in disguise'],
    ['64:ff9b:1::a00:1', 'a reserved address'],
    ['2002:7f00:1::', 'an IPv4 address in disguise'],
    ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'a reserved address'],
    ['2001:10::1', 'a reserved address'],
    ['2001:db8::1', 'a reserved address'],
    ['3fff::1', 'a reserved address'],
    ['fc00::1', 'a private address'],
    ['fd12:3456::1', 'a private address'],
    ['fd00:ec2::254', "a cloud's metadata service"],
    ['fd20:ce::254', "a cloud's metadata service"],
    ['fe80::1', 'a link-local address'],
    ['fe80::1%eth0', 'a link-local address'],
    ['fec0::1', 'a reserved address'],
    ['ff02::1', 'a multicast address'],
    ['5f00::1', 'a reserved address'],
    ['localhost', 'no address that can be read'],
    ['', 'no address that can be read'],
  ])('%s is %s', (address, why) => {
    expect(whyNotPublic(address)?.words).toBe(why);
  });
});

describe('a target', () => {
  test('is an https URL of a name, or of a public address', () => {
    expect(readTarget('https://Hooks.Example.com/in?key=1', [])).toMatchObject({ name: 'hooks.example.com', allowed: false });
    expect(readTarget('https://93.184.216.34:8443/in', [])).toMatchObject({ name: '93.184.216.34:8443', address: '93.184.216.34' });
    expect(readTarget('https://[2606:4700::1111]/in', [])).toMatchObject({ address: '2606:4700::1111' });
  });

  test.each([
    ['hooks.example.com', 'it is not a URL'],
    ['ftp://hooks.example.com', 'only https:// addresses are called'],
    ['file:///etc/passwd', 'only https:// addresses are called'],
    ['http://hooks.example.com/secret', 'only https:// addresses are called, and hooks.example.com is none of WEBHOOK_ALLOWED_HOSTS'],
    ['https://me:secret@hooks.example.com/', 'user and password do not belong into it'],
    ['https://hooks.example.com@127.0.0.1/', 'user and password do not belong into it'],
    ['https://127.0.0.1/', '127.0.0.1 is this machine itself'],
    ['https://169.254.169.254/latest/meta-data/', "169.254.169.254 is a cloud's metadata service"],
    ['https://[::1]/', '[::1] is this machine itself'],
    ['https://[::ffff:10.0.0.1]/', 'an address has to be written out: [::ffff:a00:1]'],
    ['https://[::ffff:a00:1]/', '[::ffff:a00:1] is an IPv4 address in disguise'],
    ['https://[64:ff9b::7f00:1]:9000/', '[64:ff9b::7f00:1]:9000 is an IPv4 address in disguise'],
  ])('is not %s: %s', (url, why) => {
    expect(refusalOf(url)).toBe(why);
  });

  test.each([
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.1/',
    'https://017700000001/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://127.0.0.1./',
    'https://１２７.0.0.1/',
    'https://%31%32%37.0.0.1/',
    'https://134744072/',
    'https:\\\\127.1\\',
  ])('is no address in another spelling: %s', (url) => {
    expect(refusalOf(url)).toMatch(/^an address has to be written out: /);
  });

  test('may be in the own network, and http, when the operator allows the host', () => {
    expect(readTarget('http://127.0.0.1:9000/in', [{ host: '127.0.0.1', port: '9000' }]).allowed).toBe(true);
    expect(refusalOf('http://127.0.0.1:9001/in', '127.0.0.1:9000')).toMatch(/none of WEBHOOK_ALLOWED_HOSTS/);
    expect(refusalOf('https://127.0.0.1:9001/in', '127.0.0.1:9000')).toBe('127.0.0.1:9001 is this machine itself');
    expect(refusalOf('http://hooks.intern.example:8080/in', 'Hooks.Intern.example')).toBeUndefined();
    expect(refusalOf('http://hooks.intern.example/in', 'hooks.intern.example:80')).toBeUndefined();
    expect(refusalOf('http://hooks.intern.example.evil.example/in', 'hooks.intern.example')).toMatch(/none of/);
    expect(refusalOf('http://[::1]:9000/in', '[::1]:9000')).toBeUndefined();
  });

  test.each(['https://hooks.example', 'hooks.example/path', 'a b', '*.example', 'hooks.example:http', ''])(
    'an allowed host is no %j',
    (text) => {
      expect(readAllowedHost(text)).toBeUndefined();
    },
  );
});
