/** What stands in place of a page that broke, or that there is not. */
import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { Button } from "../ui/button.tsx";
import { useWords } from "../words/words.tsx";

export function BrokenPage({ error, reset }: ErrorComponentProps) {
  const { words } = useWords();
  return (
    <div role="alert" className="flex flex-col items-start gap-3">
      <h1>{words.shell.broken}</h1>
      <p className="font-mono text-sm break-words text-quiet">
        {error instanceof Error ? error.message : String(error)}
      </p>
      <Button onClick={reset}>{words.shell.again}</Button>
    </div>
  );
}

export function NoPage() {
  const { words } = useWords();
  return (
    <div className="flex flex-col items-start gap-3">
      <h1>{words.shell.notFound}</h1>
      <Link to="/" className="text-accent underline">
        {words.shell.toNow}
      </Link>
    </div>
  );
}
