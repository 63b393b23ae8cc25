/** What a question is asked with: models, a system message, temperature, length, JSON. */
import { useId } from "react";
import type { Talker } from "../../api/talkers.ts";
import { fieldClass } from "../../ui/choice.tsx";
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
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <ModelChoice
        label={words.chat.model}
        value={first}
        models={models}
        onChange={(next) => change({ models: second ? [next, second] : [next] })}
      />
      <ModelChoice
        label={words.chat.beside}
        value={second ?? ""}
        models={models}
        none={words.chat.nobody}
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

interface ChoiceProps {
  label: string;
  value: string;
  models: readonly Talker[];
  none?: string;
  onChange: (id: string) => void;
}

function ModelChoice({ label, value, models, none, onChange }: ChoiceProps) {
  const { words } = useWords();
  return (
    <label className="text-sm">
      {label}
      <select className={fieldClass} value={value} onChange={({ target }) => onChange(target.value)}>
        {none !== undefined && <option value="">{none}</option>}
        {models.map(({ id, state }) => (
          <option key={id} value={id}>
            {state === "absent" ? id : `${id} (${words.model.states[state]})`}
          </option>
        ))}
      </select>
    </label>
  );
}
