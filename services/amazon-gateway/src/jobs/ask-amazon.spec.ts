import { describe, expect, test } from '@jest/globals';
import { AppError } from '@orderbus/kernel';
import { type Dataset, datasets, datasetsWithout } from '../domain/datasets.ts';
import { withoutRefused } from './ask-amazon.ts';

const refusal = (words = '1 validation error detected') => new AppError('invalid', 'amazon.invalid-input', { amazonSays: words });

/** An Amazon that refuses every request for these datasets. */
const amazonRefusing = (refused: readonly Dataset[]) => {
  const calls: (readonly Dataset[])[] = [];
  const ask = async (without: readonly Dataset[]) => {
    calls.push(without);
    if (datasetsWithout(without).some((dataset) => refused.includes(dataset))) throw refusal();
    return 'orders';
  };
  return { ask, calls };
};

describe('a request of which Amazon refuses a dataset', () => {
  test('goes without the one that Amazon names, in one more call', async () => {
    const { ask, calls } = amazonRefusing(['TAX']);
    expect(await withoutRefused(ask, refusal("Value 'TAX' at 'includedData' failed"))).toEqual({ answer: 'orders', without: ['TAX'] });
    expect(calls).toHaveLength(1);
  });

  test('is taken for one without FULFILLMENT when Amazon names none: that has happened', async () => {
    const { ask, calls } = amazonRefusing(['FULFILLMENT']);
    expect((await withoutRefused(ask, refusal())).without).toEqual(['FULFILLMENT']);
    expect(calls).toHaveLength(1);
  });

  test('goes without what was refused before', async () => {
    const { ask, calls } = amazonRefusing(['BUYER', 'TAX']);
    expect((await withoutRefused(ask, refusal(), ['BUYER', 'TAX'])).without).toEqual(['BUYER', 'TAX']);
    expect(calls).toHaveLength(1);
  });

  test.each(datasets.map((dataset) => [[dataset]]).concat([[['RECIPIENT', 'TAX']], [['FULFILLMENT', 'PACKAGES', 'TAX']]] as never))(
    'goes without %j and nothing else, within the quota',
    async (refused: readonly Dataset[]) => {
      const { ask, calls } = amazonRefusing(refused);
      expect((await withoutRefused(ask, refusal(`${datasets}`))).without).toEqual(refused);
      expect(calls.length).toBeLessThanOrEqual(14);
    },
  );

  test('keeps its error when it is refused whatever it asks for', async () => {
    const calls: unknown[] = [];
    const words = 'lastUpdatedAfter is not a time';
    const ask = async (without: unknown) => {
      calls.push(without);
      throw refusal(words);
    };
    await expect(withoutRefused(ask, refusal(words))).rejects.toThrow(words);
    expect(calls).toHaveLength(2);
  });
});
