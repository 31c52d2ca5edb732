import type { AmazonRefusal, LineQuantity } from '@orderbus/contracts';
import type { Beginning, By, Heard, Obstacle, PickupStatus, Snapshot } from './order.ts';
import type { LabelFrom } from './parcel.ts';

/** Units as somebody asked for them: of a line, or of a product, which may stand on several lines. */
export interface AskedLine {
  readonly lineId?: string | undefined;
  readonly sku?: string | undefined;
  readonly quantity: number;
  readonly transparencyCodes?: readonly string[] | undefined;
}

/** What can be said about a parcel. Absent: as it is. */
export interface Content {
  readonly carrier?: string | undefined;
  readonly service?: string | null | undefined;
  readonly trackingNumber?: string | null | undefined;
  readonly shippedAt?: string | undefined;
  readonly lines?: readonly AskedLine[] | undefined;
}

/** A parcel to be made. Without `lines`: all that is left. */
export interface Package extends Content {
  readonly shipmentId: string;
  readonly labelFrom: LabelFrom;
  /** Where it stands in the request, for the fields of an error: `packages.0`, or nothing. */
  readonly path: string;
}

/** What happens elsewhere. `version` is the order's. */
type Fact =
  | { readonly type: 'begin'; readonly version: number; readonly order: Beginning }
  | {
      readonly type: 'follow';
      readonly version: number;
      readonly snapshot: Snapshot;
      readonly status: 'new' | 'blocked' | 'processing' | 'complete';
    }
  | { readonly type: 'hear'; readonly version: number; readonly words: Partial<Record<Matter, Obstacle | null>> }
  | { readonly type: 'renumber'; readonly version: number; readonly number: string }
  | { readonly type: 'cancel' }
  | { readonly type: 'close'; readonly version: number }
  | {
      readonly type: 'confirm';
      readonly shipmentId: string;
      readonly revision: number;
      readonly packageReference: string;
      readonly acceptedAt: string;
    }
  | { readonly type: 'reject'; readonly shipmentId: string; readonly revision: number; readonly refusal: AmazonRefusal }
  | { readonly type: 'doubt'; readonly about: 'shipment' | 'pickup'; readonly since: string; readonly words: string }
  | { readonly type: 'confirm-pickup'; readonly status: PickupStatus; readonly acceptedAt: string }
  | { readonly type: 'reject-pickup'; readonly status: PickupStatus; readonly refusal: AmazonRefusal };

/** A matter on which the last word counts. */
type Matter = Extract<keyof Heard, 'stock' | 'hold' | 'cancellation'>;

/** What people do. */
export type Wish = By &
  (
    | { readonly type: 'pack'; readonly packages: readonly Package[]; readonly handedOver: boolean }
    | ({ readonly type: 'hand-over'; readonly shipmentId: string } & Content)
    | ({ readonly type: 'edit'; readonly shipmentId: string } & Content)
    | {
        readonly type: 'take-in';
        readonly carrier: string;
        readonly service?: string | undefined;
        readonly trackingNumber: string;
        readonly shippedAt?: string | undefined;
        readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
      }
    | { readonly type: 'void'; readonly shipmentId: string; readonly reason: string | null }
    | { readonly type: 'retry'; readonly shipmentId: string }
    | { readonly type: 'pickup'; readonly status: PickupStatus; readonly lines: readonly LineQuantity[] | null }
  );

export type Command = Fact | Wish;
export type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;
