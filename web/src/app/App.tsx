/** Query client, error boundary, and the gate between an installation's states and its pages. */
import { QueryCache, QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useSession } from '@/api/hooks';
import { keys } from '@/api/keys';
import { isProblem, passes } from '@/api/problem';
import type { Session } from '@/api/types';
import { markArrived } from '@/blocks/Page';
import { ErrorNote } from '@/kit/ErrorNote';
import { SkeletonPage } from '@/kit/Skeleton';
import { Boundary } from './Boundary';
import { landing, pages, type Page } from './features';
import { Absent, Denied } from './Refusals';
import { Shell } from './Shell';

function newClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    // A session that has ended is noticed at the first refusal: the gate then leads to the sign-in and back.
    queryCache: new QueryCache({
      onError: (error) => {
        if (isProblem(error) && error.status === 401) void client.invalidateQueries({ queryKey: keys.session });
      },
    }),
    defaultOptions: {
      queries: { staleTime: 30_000, retry: (count, error) => passes(error) && count < 2, refetchOnWindowFocus: false },
      mutations: { retry: false },
    },
  });
  return client;
}

export function App() {
  const [client] = useState(newClient);
  return (
    <QueryClientProvider client={client}>
      <Boundary>
        <Suspense fallback={<SkeletonPage />}>
          <Gate />
        </Suspense>
      </Boundary>
    </QueryClientProvider>
  );
}

/** The server words names and reasons in the reader's language: all of it is asked anew when the language changes. */
function useLanguageRefetch(): void {
  const { i18n } = useTranslation();
  const client = useQueryClient();
  useEffect(() => {
    const again = () => void client.invalidateQueries();
    i18n.on('languageChanged', again);
    return () => i18n.off('languageChanged', again);
  }, [i18n, client]);
}

function Gate() {
  useLanguageRefetch();
  const session = useSession();
  const [path] = useLocation();
  if (session.data) return <Placed session={session.data} path={path} />;
  if (session.error) {
    return (
      <main className="wrap sk-page">
        <ErrorNote error={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  return <SkeletonPage />;
}

function Placed({ session, path }: { readonly session: Session; readonly path: string }) {
  useArrival(path);
  if (session.installation.needs_set_up && path !== '/set-up') return <Redirect to="/set-up" replace />;
  if (session.account?.must_change_password && path !== '/password') return <Redirect to="/password" replace />;
  return (
    <Switch>
      {pages.map((page) => (
        <Route key={page.path} path={page.path}>
          <Shown page={page} session={session} />
        </Route>
      ))}
      <Route path="/start">
        <Redirect to={landing(session.places)} replace />
      </Route>
      <Route>
        <Shell session={session} place={null} frame="public">
          <Absent />
        </Shell>
      </Route>
    </Switch>
  );
}

/** The heading takes focus and the page starts at its top, except on the first page and on the way back. */
function useArrival(path: string): void {
  useEffect(() => {
    const settle = setTimeout(markArrived, 1500);
    return () => clearTimeout(settle);
  }, []);
  useEffect(() => {
    if (!cameBack) window.scrollTo(0, 0);
    cameBack = false;
    return markArrived;
  }, [path]);
}
let cameBack = false;
window.addEventListener('popstate', () => {
  cameBack = true;
});

function Shown({ page, session }: { readonly page: Page; readonly session: Session }) {
  const allowed = page.open || session.places.includes(page.place);
  const [path] = useLocation();
  if (!allowed && session.account === null) {
    return <Redirect to={`/sign-in?next=${encodeURIComponent(path + window.location.search)}`} replace />;
  }
  return (
    <Shell session={session} place={allowed ? page.place : null} frame={page.frame}>
      {allowed ? (
        <Boundary key={page.path}>
          <Suspense fallback={<SkeletonPage />}>
            <page.Component />
          </Suspense>
        </Boundary>
      ) : (
        <Denied />
      )}
    </Shell>
  );
}
