/** What stands in place of data: a word while it comes, the server's own words where it was refused. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ApiError } from "../api/client.ts";
import { useWords } from "../words/words.tsx";
import { Button } from "./button.tsx";

export function Answer<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  const { words } = useWords();
  if (query.data !== undefined) return children(query.data);
  if (query.error === null) return <p className="py-6 text-center text-quiet">{words.shell.loading}</p>;
  const refused = query.error instanceof ApiError && query.error.status === 403;
  return (
    <div role="alert" className="rounded-xl border border-line bg-raised p-4">
      <p className="font-medium">{refused ? words.shell.forAdmins : words.shell.failed}</p>
      <p className="mt-1 break-words text-quiet">{query.error.message}</p>
      <Button className="mt-3" onClick={() => void query.refetch()}>
        {words.shell.again}
      </Button>
    </div>
  );
}
