/** One request that is over; opened, it says where its time went. */
import type { Schemas } from "../../api/client.ts";
import { PartsBar } from "../../ui/bar.tsx";
import { useWords } from "../../words/words.tsx";
import { timesOf } from "./times.ts";

export function RequestItem({ request }: { request: Schemas["RequestRecord"] }) {
  const { words, formats } = useWords();
  const { id, at, key, api, route, modelAsked, modelServed, status, problem, tokens, tokensPerSecond } = request;
  const failed = problem !== null || status >= 400;
  const seconds = (milliseconds: number) => `${formats.number(milliseconds / 1000, 1)} ${words.units.seconds}`;
  const parts = timesOf(request).map(({ part, milliseconds, className }) => ({
    ...{ name: words.requests.parts[part], value: milliseconds, shown: seconds(milliseconds), className },
  }));
  return (
    <li>
      <details className="py-2">
        <summary className="flex cursor-pointer flex-wrap items-baseline gap-x-3 gap-y-1 text-sm">
          <time className="text-quiet tabular-nums">{formats.clock(at)}</time>
          <span className="font-medium">{key ?? words.requests.nobody}</span>
          <span className="min-w-0 break-all">{modelServed ?? modelAsked ?? route}</span>
          <span className={failed ? "text-bad" : "text-good"}>{problem ?? status}</span>
          <span className="ml-auto text-quiet tabular-nums">{seconds(request.totalMs)}</span>
        </summary>
        <div className="mt-2 flex flex-col gap-2 pl-3 text-sm">
          <PartsBar parts={parts} label={words.requests.times} />
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5">
            <Fact name={words.requests.api} value={`${api} · ${route}`} />
            {modelAsked !== modelServed && <Fact name={words.requests.asked} value={modelAsked ?? "–"} />}
            {tokens !== null && (
              <Fact
                name={words.requests.tokens}
                value={words.requests.tokensOf(
                  formats.number(tokens.in),
                  formats.number(tokens.out),
                  tokens.estimated ? words.requests.estimated : "",
                )}
              />
            )}
            {tokensPerSecond !== null && (
              <Fact name={words.requests.speed} value={words.chat.speed(formats.number(tokensPerSecond, 1))} />
            )}
            {request.caused !== null && (
              <Fact name={words.requests.caused} value={words.requests.causes[request.caused]} />
            )}
            {request.fixups.length > 0 && <Fact name={words.requests.changed} value={request.fixups.join(", ")} />}
            <Fact name={words.requests.id} value={id} />
          </dl>
        </div>
      </details>
    </li>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className="text-quiet">{name}</dt>
      <dd className="min-w-0 break-all">{value}</dd>
    </>
  );
}
