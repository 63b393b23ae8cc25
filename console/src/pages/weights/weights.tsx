/** What lies on the disk, what is missing, and what is being fetched. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Schemas } from "../../api/client.ts";
import { Answer } from "../../ui/answer.tsx";
import { ProgressBar } from "../../ui/bar.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Empty } from "../../ui/card.tsx";
import { useNotices } from "../../ui/notices.tsx";
import { useWords } from "../../words/words.tsx";

type Weights = { files: Schemas["WeightsFile"][]; pulls: Schemas["Pull"][] };

export function WeightsPage() {
  const { words } = useWords();
  const weights = useQuery({
    queryKey: ["weights"],
    queryFn: async () => (await api.GET("/weights")).data!,
    refetchInterval: ({ state: { data } }) => (data?.pulls.some(goesOn) ? 1000 : 15_000),
  });
  return (
    <div className="flex flex-col gap-4">
      <h1>{words.nav.weights}</h1>
      <Answer query={weights}>
        {({ folder, files, pulls }) => (
          <Card>
            <p className="mb-2 text-sm break-all text-quiet">{words.weights.folder(folder)}</p>
            {files.length === 0 ? <Empty>{words.weights.none}</Empty> : <Files files={files} pulls={pulls} />}
          </Card>
        )}
      </Answer>
    </div>
  );
}

const goesOn = ({ failure, receivedBytes, bytes }: Schemas["Pull"]) => failure === null && receivedBytes < bytes;

function Files({ files, pulls }: Weights) {
  return (
    <ul className="divide-y divide-line">
      {files.map((file) => (
        <FileRow key={file.file} file={file} pull={pulls.find((pull) => pull.file === file.file)} />
      ))}
    </ul>
  );
}

function FileRow({
  file: { file, bytes, wantedBytes, models },
  pull,
}: {
  file: Schemas["WeightsFile"];
  pull: Schemas["Pull"] | undefined;
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
  const whole = wantedBytes === null || bytes >= wantedBytes;
  const running = pull !== undefined && goesOn(pull);
  return (
    <li className="flex flex-col gap-2 py-3 sm:flex-row sm:items-center sm:justify-between">
      <div className="min-w-0 flex-1">
        <p className="font-medium break-all">{file}</p>
        <p className="text-sm text-quiet">
          {[
            whole ? formats.bytes(bytes) : words.weights.partOf(formats.bytes(bytes), formats.bytes(wantedBytes)),
            models.length === 0 ? words.weights.unused : models.join(", "),
          ].join(" · ")}
        </p>
        {running && (
          <ProgressBar
            percent={(100 * pull.receivedBytes) / Math.max(1, pull.bytes)}
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
