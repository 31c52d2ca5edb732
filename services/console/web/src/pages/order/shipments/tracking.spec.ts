import { expect, test } from '@jest/globals';
import { trackingPage } from './tracking.ts';

test('a parcel is followed where its carrier shows it, however the carrier is written', () => {
  expect(trackingPage(' dhl ', '0034 1')).toBe('https://www.dhl.com/global-en/home/tracking.html?tracking-id=0034%201');
  expect(trackingPage('UPS', '1Z&x=1')).toBe('https://www.ups.com/track?tracknum=1Z%26x%3D1');
});

test('of others there is no link', () => {
  expect(trackingPage('Ada on a bicycle', '7')).toBeUndefined();
  expect(trackingPage('UPS', undefined)).toBeUndefined();
  expect(trackingPage(undefined, '7')).toBeUndefined();
});
