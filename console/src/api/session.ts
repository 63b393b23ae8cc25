/** Who sits at the console. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiError, controlPrefix, errorOf } from "./client.ts";

export interface Session {
  name: string;
  role: "admin" | "user";
}

const path = `${controlPrefix}/session`;

async function session(method: "GET" | "POST" | "DELETE", body?: object): Promise<Session> {
  const answer = await fetch(path, {
    method,
    credentials: "same-origin",
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw await errorOf(answer);
  return (await answer.json()) as Session;
}

/** `data` is null where nobody is signed in. */
export function useSession() {
  return useQuery({
    queryKey: ["session"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () =>
      session("GET").catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 401) return null;
        throw error;
      }),
  });
}

export function useSignIn(): (key: string) => Promise<void> {
  const queries = useQueryClient();
  return async (key) => {
    queries.setQueryData(["session"], await session("POST", { key }));
  };
}

/** Forgets what was seen here as well. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await session("DELETE");
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
    queries.setQueryData(["session"], null);
  };
}
