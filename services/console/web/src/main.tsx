// The first one says which layer of styles comes before which.
import './ui/global.css';
import '@mantine/core/styles.layer.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { hearLive } from './api/live.ts';
import { Problem } from './api/problem.ts';
import { sessionQuery } from './api/session.ts';
import { storesQuery } from './api/stores.ts';
import { createAppRouter } from './router.tsx';
import { ProblemNote } from './ui/ProblemNote.tsx';
import { Said } from './ui/said.tsx';
import { colors, theme } from './ui/theme.ts';
import { startWords } from './words/index.ts';

const retried = 2;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) => count < retried && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
      throwOnError: false,
    },
  },
});

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
// What dialogs keep the page behind them from scrolling with asks for it under this name.
Object.assign(globalThis, { __webpack_nonce__: nonce });
const root = document.getElementById('root');

const router = createAppRouter(queries);

/** The frame is drawn with its stores, so that nothing moves; but nobody waits long for a gateway that is away. */
const storesWithin = (ms: number): Promise<unknown> =>
  Promise.race([queries.prefetchQuery(storesQuery), new Promise((resolve) => setTimeout(resolve, ms))]);

const listen = hearLive(queries);
// All at once: what a page needs is not asked for one after the other.
const failure: unknown = await Promise.all([startWords(), queries.ensureQueryData(sessionQuery), storesWithin(500), router.load()]).then(
  () => undefined,
  (error: unknown) => error,
);
if (failure === undefined) listen();
if (root)
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={colors} defaultColorScheme="auto" getStyleNonce={() => nonce}>
        <QueryClientProvider client={queries}>
          <Said />
          {failure === undefined ? (
            <RouterProvider router={router} />
          ) : (
            <main>
              <ProblemNote error={failure} retry={() => location.reload()} />
            </main>
          )}
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
