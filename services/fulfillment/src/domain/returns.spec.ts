import { describe, expect, test } from '@jest/globals';
import { ReturnCondition } from '@orderbus/contracts';
import { AppError } from '@orderbus/kernel';
import fc from 'fast-check';
import { type ReturnableOrder, receive, type WantedReturn } from './returns.ts';

const lamp = { lineId: 'line-1', sku: 'LAMP', title: 'Desk lamp', shipped: 3, returned: 1 };
const cup = { lineId: 'line-2', sku: 'CUP', title: 'Cup', shipped: 2, returned: 0 };
const order: ReturnableOrder = { fulfilledBy: 'merchant', lines: [lamp, cup] };
const one = { lineId: 'line-1', quantity: 1, condition: 'unopened', restock: false } as const;
const back = (lines: WantedReturn['lines'], changes: Partial<WantedReturn> = {}): WantedReturn => ({
  ...{ receivedAt: '2026-05-10T08:00:00.000Z', refund: true, lines, actor: { kind: 'person', name: 'Anna' } },
  ...changes,
});

const objection = (wanted: WantedReturn, to: ReturnableOrder = order): object => {
  try {
    receive(to, wanted);
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, ...error.details };
  }
  return {};
};

describe('units that come back', () => {
  test('are those of a line, as they look', () => {
    const { lines } = receive(order, back([{ ...one, quantity: 2, condition: 'opened', restock: true }]));
    expect(lines).toEqual([{ lineId: 'line-1', sku: 'LAMP', title: 'Desk lamp', quantity: 2, condition: 'opened', restocked: true }]);
  });

  test('are named by their product, too, where one line has it', () => {
    const { lines } = receive(order, back([{ sku: 'CUP', quantity: 1, condition: 'damaged', restock: false }]));
    expect(lines).toMatchObject([{ lineId: 'line-2', condition: 'damaged', restocked: false }]);
    const twice = { ...order, lines: [lamp, { ...cup, sku: 'LAMP' }] };
    expect(objection(back([{ sku: 'LAMP', quantity: 1, condition: 'opened', restock: false }]), twice)).toMatchObject({
      errors: [{ field: 'lines.0.sku', message: expect.stringContaining('2 lines') }],
    });
  });

  test('belong to a line of the order', () => {
    expect(objection(back([one, { ...one, lineId: 'line-9' }]))).toEqual({
      code: 'request.invalid',
      errors: [{ field: 'lines.1.lineId', message: 'The order has no such line', code: 'line.unknown-here' }],
    });
    expect(objection(back([{ ...one, sku: 'CUP' }]))).toMatchObject({ errors: [{ field: 'lines.0.lineId' }] });
  });

  test('are never more than left and did not come back before', () => {
    expect(receive(order, back([{ ...one, quantity: 2 }])).lines).toHaveLength(1);
    expect(objection(back([{ ...one, quantity: 3 }]))).toEqual({
      code: 'return.too-many',
      errors: [
        {
          ...{ field: 'lines.0.quantity', message: '3 shipped, 1 returned: 2 can come back' },
          ...{ code: 'return.too-many-units', facts: { shipped: 3, before: 1, left: 2 } },
        },
      ],
    });
  });

  test('count together where one line is named twice', () => {
    const opened = { ...one, condition: 'opened' } as const;
    expect(receive(order, back([one, opened])).lines).toHaveLength(2);
    expect(objection(back([one, { ...opened, quantity: 2 }]))).toMatchObject({
      errors: [{ field: 'lines.1.quantity', message: '3 shipped, 2 returned: 1 can come back' }],
    });
  });

  test.each([
    ['unopened', true],
    ['opened', true],
    ['damaged', false],
    ['wrong-item', false],
    ['missing-parts', false],
  ] as const)('and are %s: back onto the shelf, %s', (condition, allowed) => {
    const wanted = back([one, { ...one, lineId: 'line-2', condition, restock: true }]);
    expect(objection(wanted)).toMatchObject(allowed ? {} : { code: 'request.invalid', errors: [{ field: 'lines.1.restock' }] });
    if (allowed) expect(receive(order, wanted).lines[1]).toMatchObject({ restocked: true });
  });

  test('of an order that Amazon shipped may come back, and never onto our shelf', () => {
    const byAmazon = { ...order, fulfilledBy: 'amazon' } as const;
    expect(receive(byAmazon, back([one])).lines).toHaveLength(1);
    expect(objection(back([{ ...one, restock: true }]), byAmazon)).toMatchObject({
      errors: [{ field: 'lines.0.restock', message: 'Amazon ships this order from its own shelves' }],
    });
  });

  test('come back for the reason that was given, or for one that their condition tells', () => {
    expect(receive(order, back([one], { reason: 'undeliverable' })).reason).toBe('undeliverable');
    expect(receive(order, back([one])).reason).toBe('customer-return');
    expect(receive(order, back([one, { ...one, condition: 'wrong-item' }])).reason).toBe('different-item');
  });

  test('are, over many returns, never more than left', () => {
    const request = fc.array(
      fc.record({
        lineId: fc.constantFrom('line-1', 'line-2'),
        quantity: fc.integer({ min: 1, max: 3 }),
        condition: fc.constantFrom(...ReturnCondition.options),
        restock: fc.boolean(),
      }),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(fc.array(request, { maxLength: 12 }), (requests) => {
        let lines = order.lines;
        for (const request of requests) {
          try {
            const received = receive({ ...order, lines }, back(request));
            lines = lines.map((line) => ({
              ...line,
              returned:
                line.returned + received.lines.filter(({ lineId }) => lineId === line.lineId).reduce((n, { quantity }) => n + quantity, 0),
            }));
          } catch (error) {
            if (!(error instanceof AppError)) throw error;
          }
        }
        for (const { shipped, returned } of lines) expect(returned).toBeLessThanOrEqual(shipped);
      }),
    );
  });
});
