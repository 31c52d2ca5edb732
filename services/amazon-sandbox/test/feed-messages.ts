import { XMLParser } from 'fast-xml-parser';
import type { WholeOrder } from './harness.ts';
import { envelope, type Shop } from './shop.ts';

interface Result {
  readonly MessageID: string;
  readonly ResultCode: string;
  readonly ResultMessageCode: string;
  readonly ResultDescription: string;
  readonly AdditionalInfo?: { readonly AmazonOrderID: string };
}

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Result' });

export const read = (report: string): { summary: Record<string, string>; results: readonly Result[] } => {
  const { ProcessingSummary, Result = [] } = parser.parse(report).AmazonEnvelope.Message.ProcessingReport;
  return { summary: ProcessingSummary, results: Result };
};

export const acknowledge = async ({ process }: Shop, ...contents: string[]) =>
  read(await process('POST_ORDER_ACKNOWLEDGEMENT_DATA', envelope('OrderAcknowledgement', contents)));

export const adjust = async ({ process }: Shop, ...contents: string[]) =>
  read(await process('POST_PAYMENT_ADJUSTMENT_DATA', envelope('OrderAdjustment', contents)));

export const codeOf = (order: WholeOrder, line = 0): string => String(order.orderItems[line]?.orderItemId);

export const failure = (order: WholeOrder, reason = 'NoInventory'): string =>
  `<OrderAcknowledgement><AmazonOrderID>${order.orderId}</AmazonOrderID><StatusCode>Failure</StatusCode>${order.orderItems
    .map(
      ({ orderItemId }) => `<Item><AmazonOrderItemCode>${orderItemId}</AmazonOrderItemCode><CancelReason>${reason}</CancelReason></Item>`,
    )
    .join('')}</OrderAcknowledgement>`;

const adjustment = (order: WholeOrder, action: string, item: string): string =>
  `<OperationType>Update</OperationType><OrderAdjustment><AmazonOrderID>${order.orderId}</AmazonOrderID><ActionType>${action}</ActionType><AdjustedItem>${item}</AdjustedItem></OrderAdjustment>`;

export const cancelling = (order: WholeOrder, quantity: number): string =>
  adjustment(
    order,
    'Cancel',
    `<AmazonOrderItemCode>${codeOf(order)}</AmazonOrderItemCode><AdjustmentReason>NoInventory</AdjustmentReason><QuantityCancelled>${quantity}</QuantityCancelled>`,
  );

export const component = (type: string, amount: string, currency = 'USD'): string =>
  `<Component><Type>${type}</Type><Amount currency="${currency}">${amount}</Amount></Component>`;

export const refunding = (order: WholeOrder, ...components: string[]): string =>
  adjustment(
    order,
    'Refund',
    `<AmazonOrderItemCode>${codeOf(order)}</AmazonOrderItemCode><MerchantAdjustmentItemID>rf-1</MerchantAdjustmentItemID><AdjustmentReason>CustomerReturn</AdjustmentReason><ItemPriceAdjustments>${components.join('')}</ItemPriceAdjustments>`,
  );

export const paidFor = (order: WholeOrder): string => String(order.orderItems[0]?.proceeds?.proceedsTotal?.amount);
