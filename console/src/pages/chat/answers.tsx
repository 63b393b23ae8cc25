/** What came of a question: one answer, or two side by side. */
import { memo } from "react";
import Markdown from "react-markdown";
import { useWords } from "../../words/words.tsx";
import type { Answer, Turn } from "./conversation.ts";

/** A model's headings stand below the page's own. */
const below = { h1: "h3", h2: "h4", h3: "h5", h4: "h6" } as const;

export const TurnView = memo(function TurnView({ turn: { question, answers } }: { turn: Turn }) {
  const { words } = useWords();
  return (
    <li className="flex flex-col gap-3">
      <div className="ml-auto max-w-[85%] rounded-2xl bg-sunken px-4 py-2 break-words whitespace-pre-wrap">
        <span className="sr-only">{words.chat.you}: </span>
        {question.images.map((url) => (
          <img key={url} src={url} alt={words.chat.attached} className="mb-2 max-h-60 rounded-lg" />
        ))}
        {question.text}
      </div>
      <div className={answers.length > 1 ? "grid gap-3 md:grid-cols-2" : ""}>
        {answers.map((answer, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an answer stays in its seat
          <AnswerView key={i} answer={answer} />
        ))}
      </div>
    </li>
  );
});

function AnswerView({ answer }: { answer: Answer }) {
  const { words, formats } = useWords();
  const { model, text, thinking, error, end, firstWord, seconds, tokens } = answer;
  const figures: string[] = [];
  if (firstWord !== null) figures.push(words.chat.firstWordAfter(formats.number(firstWord, 1)));
  if (tokens !== null && seconds) figures.push(words.chat.speed(formats.number(tokens / seconds, 1)));
  if (tokens !== null) figures.push(words.model.tokens(formats.number(tokens)));
  return (
    <article aria-busy={end === "running"} className="min-w-0 rounded-xl border border-line bg-raised p-4">
      <h2 className="mb-1 text-sm font-medium break-all text-quiet">{model}</h2>
      {thinking !== "" && (
        <details className="mb-2 text-sm text-quiet">
          <summary className="cursor-pointer py-1">{words.chat.thinking}</summary>
          <div className="border-l-2 border-line pl-3 break-words whitespace-pre-wrap">{thinking}</div>
        </details>
      )}
      <div className="prose">
        <Markdown components={below}>{text}</Markdown>
      </div>
      {end === "running" && text === "" && (
        <p role="status" className="animate-pulse text-quiet">
          {thinking === "" ? words.chat.waiting : words.chat.thinks}
        </p>
      )}
      {end === "length" && <p className="mt-2 text-sm text-warn">{words.chat.cut}</p>}
      {end === "stopped" && <p className="mt-2 text-sm text-quiet">{words.chat.stopped}</p>}
      {error !== null && (
        <p role="alert" className="mt-2 break-words text-bad">
          {error}
        </p>
      )}
      {figures.length > 0 && <p className="mt-2 text-xs text-quiet tabular-nums">{figures.join(" · ")}</p>}
    </article>
  );
}
