/** What a question is asked with: models, a system message, temperature, length, JSON. */
import { useId } from "react";
import type { Talker } from "../../api/talkers.ts";
import { Choice, fieldClass } from "../../ui/choice.tsx";
import { useWords } from "../../words/words.tsx";

export interface Parameters {
  models: [string] | [string, string];
  system: string;
  temperature: number | null;
  maxTokens: number | null;
  json: boolean;
}

const numberIn = (text: string) => (text === "" || Number.isNaN(Number(text)) ? null : Number(text));

interface Props {
  value: Parameters;
  onChange: (value: Parameters) => void;
  models: readonly Talker[];
}

export function ParameterForm({ value, onChange, models }: Props) {
  const { words } = useWords();
  const id = useId();
  const [first, second] = value.models;
  const talkers = models.map(({ id, state }) => ({
    ...{ value: id, text: state === "absent" ? id : `${id} (${words.model.states[state]})` },
  }));
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Choice
        label={words.chat.model}
        value={first}
        options={talkers}
        onChange={(next) => change({ models: second ? [next, second] : [next] })}
      />
      <Choice
        label={words.chat.beside}
        value={second ?? ""}
        options={[{ value: "", text: words.chat.nobody }, ...talkers]}
        onChange={(next) => change({ models: next === "" ? [first] : [first, next] })}
      />
      <details className="text-sm sm:col-span-2">
        <summary className="cursor-pointer py-1">{words.chat.parameters}</summary>
        <div className="mt-2 grid gap-3 sm:grid-cols-2">
          <label className="sm:col-span-2">
            {words.chat.system}
            <textarea
              rows={2}
              className={fieldClass}
              value={value.system}
              onChange={({ target }) => change({ system: target.value })}
            />
          </label>
          <label htmlFor={`${id}-t`}>
            {words.chat.temperature}
            <input
              id={`${id}-t`}
              type="number"
              min={0}
              max={2}
              step={0.1}
              className={fieldClass}
              placeholder={words.chat.usual}
              value={value.temperature ?? ""}
              onChange={({ target }) => change({ temperature: numberIn(target.value) })}
            />
          </label>
          <label htmlFor={`${id}-m`}>
            {words.chat.maxTokens}
            <input
              id={`${id}-m`}
              type="number"
              min={1}
              className={fieldClass}
              placeholder={words.chat.usual}
              value={value.maxTokens ?? ""}
              onChange={({ target }) => change({ maxTokens: numberIn(target.value) })}
            />
          </label>
          <label className="flex items-center gap-2">
            <input type="checkbox" checked={value.json} onChange={({ target }) => change({ json: target.checked })} />
            {words.chat.json}
          </label>
        </div>
      </details>
    </div>
  );

  function change(next: Partial<Parameters>): void {
    onChange({ ...value, ...next });
  }
}
