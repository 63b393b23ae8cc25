/** What an engine says, as it says it: searched and followed. */
import { useEffect, useRef, useState } from "react";
import { controlPrefix, errorOf } from "../../api/client.ts";
import { useLive } from "../../api/live.tsx";
import { Empty } from "../../ui/card.tsx";
import { Choice, fieldClass } from "../../ui/choice.tsx";
import { useWords } from "../../words/words.tsx";

const mostLines = 5000;

export function LogsPage() {
  const { words } = useWords();
  const { state } = useLive();
  const [chosen, setChosen] = useState("");
  const [search, setSearch] = useState("");
  const [follow, setFollow] = useState(true);
  const models = (state?.models ?? []).toSorted((a, b) => (b.since ?? 0) - (a.since ?? 0));
  const model = chosen || (models.find(({ state }) => state !== "absent") ?? models[0])?.id || "";
  const { lines, fault } = useLines(model);
  const found = search === "" ? lines : lines.filter((line) => line.toLowerCase().includes(search.toLowerCase()));
  const box = useRef<HTMLPreElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new line moves the end
  useEffect(() => {
    if (follow && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [found.length, follow]);
  return (
    <div className="flex flex-col gap-4">
      <h1>{words.nav.logs}</h1>
      <div className="grid gap-3 sm:grid-cols-[1fr_1fr_auto] sm:items-end">
        <Choice
          label={words.chat.model}
          value={model}
          onChange={setChosen}
          options={models.map(({ id }) => ({ value: id, text: id }))}
        />
        <label className="text-sm">
          {words.models.search}
          <input
            type="search"
            className={fieldClass}
            value={search}
            onChange={({ target }) => setSearch(target.value)}
          />
        </label>
        <label className="flex min-h-10 items-center gap-2 text-sm">
          <input type="checkbox" checked={follow} onChange={({ target }) => setFollow(target.checked)} />
          {words.logs.follow}
        </label>
      </div>
      {fault !== null && (
        <p role="alert" className="break-words text-bad">
          {fault}
        </p>
      )}
      {found.length === 0 && fault === null ? (
        <Empty>{search === "" ? words.logs.none(model) : words.logs.notFound}</Empty>
      ) : (
        <pre
          ref={box}
          role="log"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
          tabIndex={0}
          aria-label={words.nav.logs}
          className="h-[65dvh] overflow-auto rounded-xl border border-line bg-raised p-3 font-mono text-xs leading-5"
        >
          {found.join("\n")}
        </pre>
      )}
    </div>
  );
}

function useLines(model: string): { lines: string[]; fault: string | null } {
  const [lines, setLines] = useState<string[]>([]);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    setLines([]);
    setFault(null);
    if (model === "") return;
    const ended = new AbortController();
    read(model, ended.signal, (more) => setLines((before) => [...before, ...more].slice(-mostLines))).catch(
      (error: Error) => ended.signal.aborted || setFault(error.message),
    );
    return () => ended.abort();
  }, [model]);
  return { lines, fault };
}

async function read(model: string, signal: AbortSignal, onLines: (lines: string[]) => void): Promise<void> {
  const path = `${controlPrefix}/models/${encodeURIComponent(model)}/logs?lines=1000&follow=1`;
  const response = await fetch(path, { credentials: "same-origin", signal });
  if (!response.ok) throw await errorOf(response);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop()!;
    if (lines.length > 0) onLines(lines);
  }
}
