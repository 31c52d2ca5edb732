import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '@orderbus/service-kit';
import { z } from 'zod';
import { eventSources } from './event-sources.ts';

const read = (EVENT_SOURCES: string) => parseConfig(z.object({ EVENT_SOURCES: eventSources() }), { EVENT_SOURCES }).EVENT_SOURCES;

describe('the sources of the timeline', () => {
  test('are names with addresses', () => {
    expect(read('amazon-gateway=http://127.0.0.1:3001/, billing=https://billing.example.com')).toEqual([
      { name: 'amazon-gateway', url: 'http://127.0.0.1:3001' },
      { name: 'billing', url: 'https://billing.example.com' },
    ]);
  });

  test.each(['billing', 'billing=', '=http://a', 'billing=ftp://a', 'billing=http://'])('%s is refused at the start', (text) => {
    expect(() => read(text)).toThrow('EVENT_SOURCES: Invalid sources: expected name=http://…, comma separated');
  });
});
