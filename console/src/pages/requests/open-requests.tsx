/** Who is answered and who waits, with their place and what they wait for. */
import type { Schemas } from "../../api/client.ts";
import { useServerTime } from "../../api/live.tsx";
import { ProgressBar } from "../../ui/bar.tsx";
import { useWords } from "../../words/words.tsx";

export function OpenRequests({ requests }: { requests: Schemas["OpenRequest"][] }) {
  const { words, formats } = useWords();
  const now = useServerTime();
  return (
    <ul className="divide-y divide-line">
      {requests.map(({ id, key, model, since, state, place, phase, percent, secondsLeft }) => (
        <li key={id} className="py-2">
          <p className="flex flex-wrap gap-x-2">
            <span className="font-medium">{key}</span>
            <span className="break-all">{model}</span>
            <span className={state === "answering" ? "text-good" : "text-warn"}>{words.requests.states[state]}</span>
          </p>
          <p className="text-sm text-quiet">
            {[
              state === "waiting" && words.requests.place(formats.number(place)),
              state === "waiting" && phase,
              secondsLeft !== null && words.model.left(formats.duration(secondsLeft)),
              words.requests.forSince(formats.duration(now - since)),
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
          {state === "waiting" && percent !== null && <ProgressBar percent={percent} label={phase} />}
        </li>
      ))}
    </ul>
  );
}
