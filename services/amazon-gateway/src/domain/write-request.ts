import type {
  AmazonWriteKind,
  EventDefinition,
  InvoiceUploadRequested,
  OrderCancellationRequested,
  PickupProgressed,
  RefundRequested,
  ShipmentDispatched,
} from '@orderbus/contracts';

type DataOf<Definition> = Definition extends EventDefinition<infer Data> ? Data : never;

export type ShipmentData = DataOf<typeof ShipmentDispatched>;
export type PickupData = DataOf<typeof PickupProgressed>;
export type CancellationData = DataOf<typeof OrderCancellationRequested>;
export type RefundData = DataOf<typeof RefundRequested>;
export type InvoiceData = DataOf<typeof InvoiceUploadRequested>;

/** What somebody wants of Amazon, as the event says it. */
export type Ask =
  | { readonly kind: 'shipment'; readonly data: ShipmentData }
  | { readonly kind: 'pickup'; readonly data: PickupData }
  | { readonly kind: 'cancellation'; readonly data: CancellationData }
  | { readonly kind: 'refund'; readonly data: RefundData }
  | { readonly kind: 'invoice'; readonly data: InvoiceData };

/** What is asked of Amazon, in our words: all that sending needs besides the order. It never changes. */
export type WriteRequest = ShipmentRequest | PickupRequest | CancellationRequest | RefundRequest | InvoiceRequest;

export type ShipmentRequest = ShipmentData & Kind<'shipment'> & Parcel;
export type PickupRequest = PickupData & Kind<'pickup'>;
export type CancellationRequest = CancellationData & Kind<'cancellation'>;
export type RefundRequest = RefundData & Kind<'refund'>;
export type InvoiceRequest = InvoiceData & Kind<'invoice'>;

interface Parcel {
  /** The parcel's name at Amazon. Telling it again under the same name edits it. */
  readonly packageReference: string;
  /** The buyer pays the carrier. */
  readonly cashOnDelivery?: true;
}

interface Kind<Name extends AmazonWriteKind> {
  readonly kind: Name;
}
