/** Everybody who is answered or waits, of all keys. */
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { Answer } from "../../ui/answer.tsx";
import { Card, Empty } from "../../ui/card.tsx";
import { useWords } from "../../words/words.tsx";
import { OpenRequests } from "./open-requests.tsx";

const openEveryMs = 2000;

export function OpenNow({ title }: { title: string }) {
  const { words } = useWords();
  const open = useQuery({
    queryKey: ["requests", "open"],
    refetchInterval: openEveryMs,
    queryFn: async () => (await api.GET("/requests/open")).data!.requests,
  });
  return (
    <Card title={title}>
      <Answer query={open}>
        {(requests) =>
          requests.length === 0 ? <Empty>{words.requests.noneOpen}</Empty> : <OpenRequests requests={requests} />
        }
      </Answer>
    </Card>
  );
}
