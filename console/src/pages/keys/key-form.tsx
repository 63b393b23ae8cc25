/** Makes a key for a person or an app. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../ui/button.tsx";
import { fieldClass } from "../../ui/choice.tsx";
import { useWords } from "../../words/words.tsx";
import type { Secret } from "./new-secret.tsx";

const limitNames = ["requestsPerMinute", "tokensPerMinute", "tokensPerDay", "tokensPerMonth", "concurrent"] as const;

export function KeyForm({ onMade }: { onMade: (secret: Secret) => void }) {
  const { words } = useWords();
  const queries = useQueryClient();
  const make = useMutation({
    mutationFn: async (form: FormData) => {
      const text = (name: string) => String(form.get(name) ?? "").trim();
      const limits = limitNames.flatMap((name) => (text(name) === "" ? [] : [[name, Number(text(name))]]));
      const { data } = await api.POST("/keys", {
        body: {
          name: text("name"),
          role: text("role") as "user" | "admin" | "metrics",
          models: text("models")
            .split(/[\s,]+/)
            .filter(Boolean),
          ...(limits.length === 0 ? {} : { limits: Object.fromEntries(limits) }),
          ...(text("expires") === "" ? {} : { expires: text("expires") }),
          ...(text("note") === "" ? {} : { note: text("note") }),
        },
      });
      return data!;
    },
    onSuccess: ({ key, secret }) => onMade({ name: key.name, secret }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["keys"] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    make.mutate(new FormData(form), { onSuccess: () => form.reset() });
  };
  return (
    <form onSubmit={submit} className="grid gap-3 text-sm sm:grid-cols-2">
      <label>
        {words.keys.name}
        <input name="name" required className={fieldClass} autoComplete="off" />
      </label>
      <label>
        {words.keys.role}
        <select name="role" className={fieldClass}>
          {(["user", "admin", "metrics"] as const).map((role) => (
            <option key={role} value={role}>
              {words.keys.roles[role]}
            </option>
          ))}
        </select>
      </label>
      <label className="sm:col-span-2">
        {words.keys.models}
        <input name="models" defaultValue="*" className={fieldClass} autoComplete="off" />
      </label>
      <details className="sm:col-span-2">
        <summary className="cursor-pointer py-1">{words.keys.more}</summary>
        <div className="mt-2 grid gap-3 sm:grid-cols-2">
          {limitNames.map((name) => (
            <label key={name}>
              {words.keys.limitNames[name]}
              <input name={name} type="number" min={1} className={fieldClass} placeholder={words.keys.noLimit} />
            </label>
          ))}
          <label>
            {words.keys.expiresOn}
            <input name="expires" type="date" className={fieldClass} />
          </label>
          <label className="sm:col-span-2">
            {words.keys.note}
            <input name="note" className={fieldClass} />
          </label>
        </div>
      </details>
      {make.error !== null && (
        <p role="alert" className="break-words text-bad sm:col-span-2">
          {make.error.message}
        </p>
      )}
      <Button type="submit" look="accent" disabled={make.isPending} className="sm:col-span-2 sm:justify-self-start">
        {words.keys.make}
      </Button>
    </form>
  );
}
