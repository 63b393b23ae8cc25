/** What is asked now, and what was: each request with where its time went, what was changed and how it ended. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { useSession } from "../../api/session.ts";
import { Answer } from "../../ui/answer.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Empty } from "../../ui/card.tsx";
import { useWords } from "../../words/words.tsx";
import { OpenNow } from "./open-now.tsx";
import { RequestItem } from "./request-item.tsx";

const pageSize = "50";

export function RequestsPage() {
  const { words } = useWords();
  const { data: session } = useSession();
  const admin = session?.role === "admin";
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center justify-between">
        <h1>{words.nav.requests}</h1>
        {admin && (
          <a href="./hearth/v1/requests.csv" download className="text-sm text-accent underline">
            {words.usage.export}
          </a>
        )}
      </div>
      {admin && <OpenNow title={words.requests.open} />}
      <Past path={admin ? "/requests" : "/me/requests"} />
    </div>
  );
}

function Past({ path }: { path: "/requests" | "/me/requests" }) {
  const { words } = useWords();
  const past = useInfiniteQuery({
    queryKey: ["requests", path],
    refetchInterval: 10_000,
    initialPageParam: null as number | null,
    queryFn: async ({ pageParam }) => {
      const query = { limit: pageSize, ...(pageParam === null ? {} : { before: String(pageParam) }) };
      return (await api.GET(path, { params: { query } })).data!;
    },
    getNextPageParam: ({ next }) => next,
  });
  return (
    <Card title={words.requests.past}>
      <Answer query={past}>
        {({ pages }) =>
          pages[0]!.requests.length === 0 ? (
            <Empty>{words.requests.nonePast}</Empty>
          ) : (
            <>
              <ol className="divide-y divide-line">
                {pages.flatMap(({ requests }) => requests.map((one) => <RequestItem key={one.id} request={one} />))}
              </ol>
              {past.hasNextPage && (
                <Button className="mt-3" disabled={past.isFetching} onClick={() => void past.fetchNextPage()}>
                  {words.requests.older}
                </Button>
              )}
            </>
          )
        }
      </Answer>
    </Card>
  );
}
