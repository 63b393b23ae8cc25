/** What lies on the disk, what is missing, and what is being fetched. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Schemas } from "../../api/client.ts";
import { Answer } from "../../ui/answer.tsx";
import { ProgressBar } from "../../ui/bar.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Empty } from "../../ui/card.tsx";
import { useNotices } from "../../ui/notices.tsx";
import { useWords } from "../../words/words.tsx";

type Weights = { weights: Schemas["Weights"][]; jobs: Schemas["WeightsJob"][] };

export function WeightsPage() {
  const { words } = useWords();
  const weights = useQuery({
    queryKey: ["weights"],
    queryFn: async () => (await api.GET("/weights")).data!,
    refetchInterval: ({ state: { data } }) => (data?.jobs.some(goesOn) ? 1000 : 15_000),
  });
  return (
    <div className="flex flex-col gap-4">
      <h1>{words.nav.weights}</h1>
      <Answer query={weights}>
        {({ weights: all, jobs }) => (
          <Card>
            <p className="mb-2 text-sm break-all text-quiet">
              {[...new Set(all.map(({ place }) => place))].map((place) => words.weights.folder(place)).join(" · ")}
            </p>
            {all.length === 0 ? <Empty>{words.weights.none}</Empty> : <Files weights={all} jobs={jobs} />}
          </Card>
        )}
      </Answer>
    </div>
  );
}

const goesOn = ({ state }: Schemas["WeightsJob"]) => state !== "failed";

function Files({ weights, jobs }: Weights) {
  return (
    <ul className="divide-y divide-line">
      {weights.map((one) => (
        <FileRow
          key={`${one.place} ${one.name}`}
          file={one}
          pull={jobs.find(({ model }) => one.models.includes(model))}
        />
      ))}
    </ul>
  );
}

function FileRow({
  file: { name: file, bytes, wantedBytes, whole, models },
  pull,
}: {
  file: Schemas["Weights"];
  pull: Schemas["WeightsJob"] | undefined;
}) {
  const { words, formats } = useWords();
  const notices = useNotices();
  const queries = useQueryClient();
  const [model] = models;
  const fetchIt = useMutation({
    mutationFn: (id: string) => api.POST("/models/{id}/pull", { params: { path: { id } } }),
    onError: notices.failed,
    onSettled: () => queries.invalidateQueries({ queryKey: ["weights"] }),
  });
  const running = pull !== undefined && goesOn(pull);
  return (
    <li className="flex flex-col gap-2 py-3 sm:flex-row sm:items-center sm:justify-between">
      <div className="min-w-0 flex-1">
        <p className="font-medium break-all">{file}</p>
        <p className="text-sm text-quiet">
          {[
            whole || wantedBytes === null
              ? formats.bytes(bytes)
              : words.weights.partOf(formats.bytes(bytes), formats.bytes(wantedBytes)),
            models.length === 0 ? words.weights.unused : models.join(", "),
          ].join(" · ")}
        </p>
        {running && (
          <ProgressBar
            percent={pull.what === file ? (100 * pull.doneBytes) / Math.max(1, pull.totalBytes ?? 1) : 0}
            label={words.weights.fetching(file)}
          />
        )}
        {pull?.failure && <p className="text-sm break-words text-bad">{pull.failure}</p>}
      </div>
      {!whole && model !== undefined && (
        <Button
          disabled={running || fetchIt.isPending}
          aria-label={`${words.weights.fetch}: ${file}`}
          onClick={() => fetchIt.mutate(model)}
        >
          {words.weights.fetch}
        </Button>
      )}
    </li>
  );
}
