/** What the machine is doing, and why somebody waits. */
import { useLive } from "../../api/live.tsx";
import { Card, Empty } from "../../ui/card.tsx";
import { ModelRow } from "../../ui/model-row.tsx";
import { useWords } from "../../words/words.tsx";
import { OpenNow } from "../requests/open-now.tsx";
import { Memory } from "./memory.tsx";
import { situationOf } from "./situation.ts";

export function NowPage() {
  const { words, formats } = useWords();
  const { state, events } = useLive();
  if (state === null) return <Empty>{words.shell.loading}</Empty>;
  const there = state.models.filter(({ state, waiting }) => state !== "absent" || waiting > 0);
  return (
    <div className="flex flex-col gap-4">
      <h1>{words.nav.now}</h1>
      <div role="status" className="text-lg">
        {situationOf(state, words, formats).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      <Memory state={state} />
      <Card title={words.now.onTheMachine}>
        {there.length === 0 ? (
          <Empty>{words.now.nothingLoaded}</Empty>
        ) : (
          <ul className="divide-y divide-line">
            {there.map((model) => (
              <ModelRow key={model.id} model={model} />
            ))}
          </ul>
        )}
      </Card>
      <OpenNow title={words.now.people} />
      <Card title={words.now.recent}>
        {events.length === 0 ? (
          <Empty>{words.now.nothingHappened}</Empty>
        ) : (
          <ol className="flex flex-col gap-1 text-sm">
            {events.slice(0, 30).map((event, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two events may be the same to the last letter
              <li key={`${event.at} ${i}`} className="flex gap-3">
                <time className="text-quiet tabular-nums">{formats.clock(event.at)}</time>
                <span className="min-w-0 break-words">{event.message}</span>
              </li>
            ))}
          </ol>
        )}
      </Card>
    </div>
  );
}
