/** What a person sees of the own key: what waits and why, how full its limits are, what it used today. */
import { useQuery } from "@tanstack/react-query";
import { api, type Schemas } from "../../api/client.ts";
import { Answer } from "../../ui/answer.tsx";
import { ProgressBar } from "../../ui/bar.tsx";
import { Card, Empty } from "../../ui/card.tsx";
import { useWords } from "../../words/words.tsx";
import { OpenRequests } from "../requests/open-requests.tsx";

export function MePage() {
  const { words, formats } = useWords();
  const me = useQuery({
    queryKey: ["me"],
    refetchInterval: 3000,
    queryFn: async () => (await api.GET("/me")).data!,
  });
  return (
    <div className="flex flex-col gap-4">
      <h1>{words.nav.now}</h1>
      <Answer query={me}>
        {({ requests, gauges, today, hours, expires }) => (
          <>
            <Card title={words.requests.open}>
              {requests.length === 0 ? <Empty>{words.me.nothingOpen}</Empty> : <OpenRequests requests={requests} />}
            </Card>
            <Card title={words.me.today}>
              <p>
                {words.me.used(
                  formats.number(today.requests),
                  formats.number(today.tokensIn),
                  formats.number(today.tokensOut),
                )}
              </p>
              <p className="text-sm text-quiet">
                {[hours, expires && words.keys.expires(expires)].filter(Boolean).join(" · ")}
              </p>
              <Gauges gauges={gauges} />
            </Card>
          </>
        )}
      </Answer>
    </div>
  );
}

function Gauges({ gauges }: { gauges: Schemas["Me"]["gauges"] }) {
  const { words, formats } = useWords();
  return (
    <ul className="mt-3 flex flex-col gap-3">
      {(Object.entries(gauges) as [keyof typeof gauges, Schemas["Gauge"] | null][]).map(([name, gauge]) => {
        if (gauge === null) return null;
        const { used } = gauge;
        const line = `${words.keys.limitNames[name]}: ${formats.number(used)} / ${formats.number(gauge.limit)}`;
        return (
          <li key={name} className="text-sm">
            {line}
            <ProgressBar percent={(100 * used) / gauge.limit} label={line} />
          </li>
        );
      })}
    </ul>
  );
}
