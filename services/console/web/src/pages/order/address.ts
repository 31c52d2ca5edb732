import { useNavigate, useParams, useSearch } from '@tanstack/react-router';

export const tabs = ['details', 'items', 'shipments', 'money', 'notes', 'contact', 'timeline', 'raw'] as const;
export type Tab = (typeof tabs)[number];

export interface OrderAddress {
  /** Our id, our number or Amazon's. */
  readonly reference: string;
  readonly tab: Tab;
  /** The dialog that is open. */
  readonly doing: string | undefined;
  /** The parcel or document that it is about. */
  readonly about: string | undefined;
  readonly showTab: (tab: Tab) => void;
  readonly open: (action: string, about?: string) => void;
  readonly close: () => void;
}

/** Where in an order somebody is: `/orders/100000482?tab=money&do=credit-memo`. */
export const useOrderAddress = (): OrderAddress => {
  const { orderId: reference = '' } = useParams({ strict: false });
  const search: { readonly tab?: unknown; readonly do?: unknown; readonly about?: unknown } = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = (part: Record<string, string | undefined>): void =>
    void navigate({ to: '.', search: ((kept: object) => ({ ...kept, ...part })) as never, replace: true, resetScroll: false });
  return {
    reference,
    tab: tabs.find((tab) => tab === search.tab) ?? 'details',
    doing: textOf(search.do),
    about: textOf(search.about),
    showTab: (tab) => change({ tab: tab === 'details' ? undefined : tab }),
    open: (action, about) => change({ do: action, about }),
    close: () => change({ do: undefined, about: undefined }),
  };
};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
