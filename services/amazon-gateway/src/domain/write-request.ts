import type {
  AmazonWriteKind,
  ContactKind,
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

/** What a person wants to be said to a buyer. The words themselves are kept apart, sealed: they may be forgotten, this is not. */
export interface ContactData {
  readonly orderId: string;
  /** The same for the same words: asked twice, it is said once. */
  readonly contactId: string;
  readonly contact: ContactKind;
  /** In which it is written. */
  readonly language?: string;
  /** Whoever asked for it vouches that its links are about nothing else. */
  readonly linksAreOnTopic?: true;
  /** Of a warranty. */
  readonly coverage?: { readonly from?: string | undefined; readonly until?: string | undefined };
  /** Of an invoice: billing gives it. */
  readonly documentId?: string;
  readonly files: number;
  readonly askedBy: string;
}

/** What somebody wants of Amazon, as the event or the person says it. */
export type Ask =
  | { readonly kind: 'shipment'; readonly data: ShipmentData }
  | { readonly kind: 'pickup'; readonly data: PickupData }
  | { readonly kind: 'cancellation'; readonly data: CancellationData }
  | { readonly kind: 'refund'; readonly data: RefundData }
  | { readonly kind: 'invoice'; readonly data: InvoiceData }
  | { readonly kind: 'contact'; readonly data: ContactData };

/** What is asked of Amazon, in our words: all that sending needs besides the order. It never changes. */
export type WriteRequest = ShipmentRequest | PickupRequest | CancellationRequest | RefundRequest | InvoiceRequest | ContactRequest;

export type ShipmentRequest = ShipmentData & Kind<'shipment'> & Parcel;
export type PickupRequest = PickupData & Kind<'pickup'>;
export type CancellationRequest = CancellationData & Kind<'cancellation'>;
export type RefundRequest = RefundData & Kind<'refund'>;
export type InvoiceRequest = InvoiceData & Kind<'invoice'>;
export type ContactRequest = ContactData & Kind<'contact'>;

interface Parcel {
  /** The parcel's name at Amazon. Telling it again under the same name edits it. */
  readonly packageReference: string;
  /** The buyer pays the carrier. */
  readonly cashOnDelivery?: true;
}

interface Kind<Name extends AmazonWriteKind> {
  readonly kind: Name;
}
