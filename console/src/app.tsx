/** What surrounds every page: the language, the session, the live state. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { ApiError } from "./api/client.ts";
import { router } from "./router.tsx";
import { SessionGate } from "./shell/session-gate.tsx";
import { Notices } from "./ui/notices.tsx";
import { WordsProvider } from "./words/words.tsx";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5000,
      // What was refused stays refused.
      retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status < 500),
    },
  },
});

export function App() {
  return (
    <WordsProvider>
      <QueryClientProvider client={queries}>
        <Notices>
          <SessionGate>
            <RouterProvider router={router} />
          </SessionGate>
        </Notices>
      </QueryClientProvider>
    </WordsProvider>
  );
}
