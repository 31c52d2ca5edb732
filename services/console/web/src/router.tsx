import type { FetchQueryOptions, QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, retainSearchParams } from '@tanstack/react-router';
import { Frame } from './frame/Frame.tsx';
import { NotFound } from './frame/NotFound.tsx';
import { asksOfToday } from './pages/today/queries.ts';
import { Page } from './ui/Page.tsx';
import { ProblemNote } from './ui/ProblemNote.tsx';
import { loadWords } from './words/index.ts';

interface Context {
  readonly queries: QueryClient;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const root = createRootRouteWithContext<Context>()({
  validateSearch: (search: Record<string, unknown>): { store?: string } => ({ ...search, store: text(search.store) }),
  search: { middlewares: [retainSearchParams(['store'])] },
  component: Frame,
  notFoundComponent: NotFound,
  errorComponent: ({ error, reset }) => (
    <Page title="Orderbus">
      <ProblemNote error={error} retry={reset} />
    </Page>
  ),
});

type PageModule = { readonly default: React.ComponentType };

/** What a page asks for, of one store or of all. */
type Asks = (store: string | undefined) => readonly { readonly queryKey: readonly unknown[] }[];

/** A page: its chunk and its words are loaded when somebody goes there. */
const page = <const Path extends string>(path: Path, load: () => Promise<PageModule>, ...words: readonly string[]) =>
  pageThatAsks(path, load, () => [], ...words);

/** A page whose first questions are asked while its chunk and its words are on their way. */
const pageThatAsks = <const Path extends string>(path: Path, load: () => Promise<PageModule>, asks: Asks, ...words: readonly string[]) =>
  createRoute({
    getParentRoute: () => root,
    path,
    // Filters are part of the address; each page reads its own.
    validateSearch: (search: Record<string, unknown>): Record<string, unknown> & { store?: string; q?: string } => search,
    loader: ({ context: { queries }, location }) => {
      for (const query of asks((location.search as { store?: string }).store)) void queries.prefetchQuery(query as FetchQueryOptions);
      return loadWords(...words);
    },
    component: lazyRouteComponent(load),
  });

/** The table of contents: every address of the console. */
const pages = [
  pageThatAsks('/', () => import('./pages/today/TodayPage.tsx'), asksOfToday, 'today', 'needs', 'stuck', 'told'),
  page('/needs', () => import('./pages/today/NeedsPage.tsx'), 'needs', 'stuck', 'told'),
  page('/orders', () => import('./pages/orders/OrdersPage.tsx'), 'orders', 'told'),
  page('/orders/$orderId', () => import('./pages/order/OrderPage.tsx'), 'order', 'actions', 'stuck', 'events', 'told'),
  page('/ship', () => import('./pages/shipping/ShipByPage.tsx'), 'shipping', 'told'),
  page('/packing', () => import('./pages/shipping/PackingPage.tsx'), 'shipping', 'told'),
  page('/parcels', () => import('./pages/shipping/ParcelsPage.tsx'), 'shipping', 'told'),
  page('/stock', () => import('./pages/stock/StockPage.tsx'), 'stock'),
  page('/blockers', () => import('./pages/stock/BlockersPage.tsx'), 'stock'),
  page('/returns', () => import('./pages/stock/ReturnsPage.tsx'), 'stock'),
  page('/money', () => import('./pages/money/MoneyPage.tsx'), 'money', 'told'),
  page('/credit-memos', () => import('./pages/money/CreditMemosPage.tsx'), 'money', 'told'),
  page('/money-attention', () => import('./pages/money/AttentionPage.tsx'), 'money', 'told'),
  page('/books', () => import('./pages/money/BooksPage.tsx'), 'money'),
  page('/sync', () => import('./pages/operations/SyncPage.tsx'), 'operations', 'told'),
  page('/ledger', () => import('./pages/operations/LedgerPage.tsx'), 'operations', 'told'),
  page('/feeds', () => import('./pages/operations/FeedsPage.tsx'), 'operations', 'told'),
  page('/errors', () => import('./pages/operations/ErrorsPage.tsx'), 'operations', 'told'),
  page('/dead-letters', () => import('./pages/operations/DeadLettersPage.tsx'), 'operations', 'told'),
  page('/gaps', () => import('./pages/operations/GapsPage.tsx'), 'operations', 'told'),
  page('/alerts', () => import('./pages/setup/AlertsPage.tsx'), 'setup', 'alerts', 'told'),
  page('/setup', () => import('./pages/setup/SetupPage.tsx'), 'setup', 'stores'),
  page('/setup/stores/new', () => import('./pages/setup/AddStorePage.tsx'), 'setup', 'stores'),
  page('/setup/stores/$storeId', () => import('./pages/setup/StorePage.tsx'), 'setup', 'stores', 'told'),
  page('/setup/rules', () => import('./pages/setup/RulesPage.tsx'), 'setup', 'alerts', 'told'),
  page('/setup/webhooks', () => import('./pages/setup/WebhooksPage.tsx'), 'setup', 'webhooks', 'told'),
  page('/setup/people', () => import('./pages/setup/PeoplePage.tsx'), 'setup'),
  page('/setup/keys', () => import('./pages/setup/KeysPage.tsx'), 'setup'),
  page('/setup/audit', () => import('./pages/setup/AuditPage.tsx'), 'setup', 'audit'),
] as const;

export const createAppRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: root.addChildren(pages),
    context: { queries },
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultNotFoundComponent: NotFound,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
