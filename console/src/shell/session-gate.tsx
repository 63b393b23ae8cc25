/** The door: who has no session gives a key first. */
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { LiveProvider } from "../api/live.tsx";
import { useSession, useSignIn } from "../api/session.ts";
import { Answer } from "../ui/answer.tsx";
import { Button } from "../ui/button.tsx";
import { useWords } from "../words/words.tsx";
import icon from "./hearth.svg";

export function SessionGate({ children }: { children: ReactNode }) {
  const session = useSession();
  return (
    <Answer query={session}>
      {(data) =>
        data === null ? (
          <SignIn />
        ) : (
          <LiveProvider key={data.name} watched={data.role === "admin"}>
            {children}
          </LiveProvider>
        )
      }
    </Answer>
  );
}

function SignIn() {
  const { words } = useWords();
  const signIn = useSignIn();
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setFault("");
    signIn(String(new FormData(event.currentTarget).get("key") ?? ""))
      .catch((error: Error) => setFault(error.message))
      .finally(() => setBusy(false));
  };
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-4 p-6">
      <img src={icon} alt="" className="size-12" />
      <h1>{words.signIn.title}</h1>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <label htmlFor={id} className="text-sm font-medium">
          {words.signIn.key}
        </label>
        <input
          id={id}
          name="key"
          type="password"
          autoComplete="current-password"
          // biome-ignore lint/a11y/noAutofocus: the page has no other purpose
          autoFocus
          required
          aria-invalid={fault !== ""}
          aria-describedby={`${id}-says`}
          className="min-h-11 rounded-lg border border-line bg-raised px-3 font-mono"
        />
        <p id={`${id}-says`} role={fault === "" ? undefined : "alert"} className={fault ? "text-bad" : "text-quiet"}>
          {fault || words.signIn.hint}
        </p>
        <Button type="submit" look="accent" disabled={busy} className="min-h-11">
          {words.signIn.enter}
        </Button>
      </form>
    </main>
  );
}
