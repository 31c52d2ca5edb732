import { expect, test } from '@jest/globals';
import { returnTo } from './return-to.ts';

const to = (wanted: string | undefined) => returnTo(wanted, 'https://access.shop.example', ['https://console.shop.example']);

test('after signing in, one is sent to pages of ours and of the console', () => {
  expect(to('/account')).toBe('/account');
  expect(to('/orders?state=new#12')).toBe('/orders?state=new#12');
  expect(to('https://access.shop.example/account')).toBe('/account');
  expect(to('https://console.shop.example/orders/7')).toBe('https://console.shop.example/orders/7');
});

test('and nowhere else, however it is written', () => {
  const elsewhere = [
    ...['https://evil.example', '//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example', 'https:evil.example'],
    ...['https://console.shop.example.evil.example/', 'https://console.shop.example@evil.example/', 'http://console.shop.example/'],
    ...['javascript:alert(1)', 'data:text/html,x', '/\t/evil.example', '/%09\n//evil.example', 'https://u:p@console.shop.example/'],
    ...['https://console.shop.example:8443/', `/${'x'.repeat(3_000)}`, '', undefined],
  ];
  expect(elsewhere.map(to)).toEqual(elsewhere.map(() => undefined));
});
