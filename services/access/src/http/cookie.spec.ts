import { describe, expect, test } from '@jest/globals';
import { clearCookie, readCookie, setCookie } from './cookie.ts';

const value = 'a'.repeat(43);
const [plain, safe] = ['http://127.0.0.1:3001', 'https://access.shop.example'];

describe('the cookie', () => {
  test('is nothing for scripts nor for other sites; over TLS it is bound to the host', () => {
    expect(setCookie(plain, value)).toBe(`orderbus=${value}; Path=/; HttpOnly; SameSite=Lax`);
    expect(setCookie(safe, value)).toBe(`__Host-orderbus=${value}; Path=/; HttpOnly; SameSite=Lax; Secure`);
    expect(clearCookie(safe)).toBe('__Host-orderbus=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure');
  });

  test('is found among others', () => {
    expect(readCookie(`theme=dark; orderbus=${value}; x=y`, plain)).toBe(value);
    expect(readCookie(`__Host-orderbus=${value}`, safe)).toBe(value);
  });

  test('over TLS goes by no other name: somebody in the network could have set that', () => {
    expect(readCookie(`orderbus=${value}`, safe)).toBeUndefined();
  });

  test('is none when it is not of our making', () => {
    for (const other of [undefined, '', 'orderbus=', 'orderbus=short', `orderbus=${'!'.repeat(43)}`, `orderbus2=${value}`])
      expect(readCookie(other, plain)).toBeUndefined();
  });
});
