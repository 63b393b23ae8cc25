/** One model in a list: its state in a word and a colour, what is worth knowing now, and what can be done. */
import type { ReactNode } from "react";
import type { Model } from "../api/client.ts";
import { useServerTime } from "../api/live.tsx";
import { actionsFor, useModelAction } from "../api/model-actions.ts";
import { useSession } from "../api/session.ts";
import { useWords } from "../words/words.tsx";
import { ProgressBar } from "./bar.tsx";
import { Button } from "./button.tsx";

const colours: Record<Model["state"], string> = {
  absent: "text-quiet",
  starting: "text-info",
  ready: "text-good",
  draining: "text-warn",
  stopping: "text-warn",
  failed: "text-bad",
};

export function ModelRow({ model, children }: { model: Model; children?: ReactNode }) {
  const { words, formats } = useWords();
  const { data: session } = useSession();
  const { act, busy } = useModelAction();
  const now = useServerTime();
  const { id, state, failure } = model;
  const retry = failure?.until ? failure.until - now : 0;
  return (
    <li className="flex flex-col gap-2 py-3 sm:flex-row sm:items-center sm:justify-between">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium break-all">{id}</span>
          <span className={`text-sm ${colours[state]}`}>
            {model.status === "disabled" ? words.model.disabled : words.model.states[state]}
          </span>
          {model.pinned && <span className="text-sm text-quiet">{words.model.pinned}</span>}
        </p>
        <p className="text-sm text-quiet">{factsOf(model, now).join(" · ")}</p>
        {state === "starting" && <ProgressBar percent={model.percent} label={`${id}: ${model.phase}`} />}
        {failure !== null && state === "failed" && (
          <p className="mt-1 text-sm break-words text-bad">
            {failure.reason} {retry > 0 && words.model.triedAgainIn(formats.duration(retry))}
          </p>
        )}
        {children}
      </div>
      {session?.role === "admin" && (
        <div className="flex gap-2">
          {actionsFor(model).map((action) => (
            <Button
              key={action}
              disabled={busy === id}
              aria-label={`${words.model.actions[action]}: ${id}`}
              onClick={() => act(id, action)}
            >
              {words.model.actions[action]}
            </Button>
          ))}
        </div>
      )}
    </li>
  );

  function factsOf({ running, waiting, stopsAt, secondsToReady, memoryGiB, process, context }: Model, at: number) {
    const facts: string[] = [];
    if (running > 0) facts.push(words.model.running(running));
    if (waiting > 0) facts.push(words.model.waiting(waiting));
    if (state === "ready" && stopsAt !== null) facts.push(words.model.stopsIn(formats.duration(stopsAt - at)));
    if (state === "starting") facts.push(model.phase, words.model.left(formats.duration(secondsToReady)));
    if (state === "absent" && secondsToReady > 0)
      facts.push(words.model.answersAfter(formats.duration(secondsToReady)));
    facts.push(formats.gib(process?.rssGiB ?? memoryGiB), words.model.tokens(formats.number(context)));
    return facts;
  }
}
