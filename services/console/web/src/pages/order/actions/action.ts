import type { TFunction } from 'i18next';
import type { ComponentType, LazyExoticComponent } from 'react';
import type { Permission } from '../../../api/session.ts';
import type { OrderFacts } from '../facts.ts';

export type ActionWords = TFunction<'actions'>;

/** What an action is done to: the order itself, where nothing is said, or one of its parcels or documents. */
type Subject = 'shipment' | 'invoice' | 'credit-memo';

export interface ActionDialogProps {
  readonly facts: OrderFacts;
  readonly onClose: () => void;
  /** The id of the parcel or document that is meant. Absent: the dialog asks, where there are several. */
  readonly about?: string | undefined;
}

/** Something that people do to an order: when it can be done, and the dialog in which they do it. */
export interface OrderAction {
  readonly id: string;
  readonly needs: Permission;
  /** The key that opens it on the order's page. */
  readonly key?: string;
  readonly of?: Subject;
  readonly label: (t: ActionWords) => string;
  /** Why it cannot be done now, to the order or to what is meant of it. */
  readonly impossible: (facts: OrderFacts, t: ActionWords, about?: string) => string | undefined;
  readonly Dialog: LazyExoticComponent<ComponentType<ActionDialogProps>>;
}
