/** Every model that this machine knows, to search and to load. */
import { useDeferredValue, useId, useState } from "react";
import { useLive } from "../../api/live.tsx";
import { Empty } from "../../ui/card.tsx";
import { ModelRow } from "../../ui/model-row.tsx";
import { useWords } from "../../words/words.tsx";
import { matches } from "./matches.ts";

export function ModelsPage() {
  const { words } = useWords();
  const { state } = useLive();
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search);
  const id = useId();
  if (state === null) return <Empty>{words.shell.loading}</Empty>;
  const found = state.models.filter((model) => matches(model, wanted));
  return (
    <div className="flex flex-col gap-4">
      <h1>{words.nav.models}</h1>
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="text-sm font-medium">
          {words.models.search}
        </label>
        <input
          id={id}
          type="search"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
          placeholder={words.models.searchHint}
          className="min-h-11 rounded-lg border border-line bg-raised px-3"
        />
      </div>
      <p role="status" className="text-sm text-quiet">
        {words.models.found(found.length)}
      </p>
      {found.length === 0 ? (
        <Empty>{words.models.none}</Empty>
      ) : (
        <ul className="divide-y divide-line rounded-xl border border-line bg-raised px-4">
          {found.map((model) => (
            <ModelRow key={model.id} model={model}>
              <p className="mt-1 text-sm">{model.summary}</p>
            </ModelRow>
          ))}
        </ul>
      )}
    </div>
  );
}
