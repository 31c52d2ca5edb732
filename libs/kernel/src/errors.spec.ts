import { describe, expect, test } from '@jest/globals';
import { AppError, type ErrorKind, errorKinds, isTransient } from './errors.ts';

describe('an error', () => {
  test.each(Object.keys(errorKinds) as ErrorKind[])('of kind %s is tried again exactly if the table says so', (kind) => {
    expect(isTransient(new AppError(kind, 'some.code'))).toBe(errorKinds[kind].retry);
  });

  test('names its code and the thing', () => {
    expect(new AppError('not-found', 'order.unknown', { id: '7' }).message).toBe('order.unknown {"id":"7"}');
    expect(new AppError('not-found', 'order.unknown').message).toBe('order.unknown');
  });

  test.each(['40001', '40P01', '08006', '57P01', '53300', 'ECONNRESET'])(
    'of PostgreSQL or the network that passes by itself (%s) is tried again',
    (code) => {
      expect(isTransient(Object.assign(new Error('x'), { code }))).toBe(true);
      expect(isTransient(Object.assign(new Error('x'), { driverError: { code } }))).toBe(true);
    },
  );

  test.each(['23505', '42601', 'ENOENT'])('that stays wrong (%s) is not', (code) => {
    expect(isTransient(Object.assign(new Error('x'), { code }))).toBe(false);
  });

  test('that nobody has classified is a bug, not something to try again', () => {
    expect(isTransient(new TypeError('x'))).toBe(false);
    expect(isTransient('text')).toBe(false);
    expect(isTransient(new Error('Connection terminated unexpectedly'))).toBe(true);
  });
});
