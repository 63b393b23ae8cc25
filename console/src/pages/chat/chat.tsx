/** Talk to a model, or to two side by side. What is said stays in this browser. */
import { useEffect, useRef, useState } from "react";
import { type Talker, useTalkers } from "../../api/talkers.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/card.tsx";
import { copyText } from "../../ui/copy-text.ts";
import { Icon } from "../../ui/icons.tsx";
import { useNotices } from "../../ui/notices.tsx";
import { useWords } from "../../words/words.tsx";
import { TurnView } from "./answers.tsx";
import { ask, type Wanted } from "./ask.ts";
import { codeFor, type Form, forms } from "./code.ts";
import { Composer } from "./composer.tsx";
import {
  type Conversation,
  forgetConversation,
  keepConversation,
  keptConversations,
  messagesFor,
  nameOf,
  type Question,
  type Turn,
} from "./conversation.ts";
import { ParameterForm, type Parameters } from "./parameters.tsx";

export function ChatPage() {
  const { words } = useWords();
  const talkers = useTalkers();
  const [first] = (talkers ?? []).toSorted((a, b) => Number(b.state === "ready") - Number(a.state === "ready"));
  if (talkers === null) return <Empty>{words.shell.loading}</Empty>;
  if (first === undefined) return <Empty>{words.chat.noModels}</Empty>;
  return <Talk models={talkers} first={first.id} />;
}

const begun = (): Conversation => ({
  id: crypto.randomUUID?.() ?? String(Math.random()),
  at: Date.now() / 1000,
  turns: [],
});

function Talk({ models, first }: { models: Talker[]; first: string }) {
  const { words } = useWords();
  const [parameters, setParameters] = useState<Parameters>({
    ...{ models: [first], system: "", temperature: null, maxTokens: null, json: false },
  });
  const [talk, setTalk] = useState(begun);
  const [history, setHistory] = useState(keptConversations);
  const [stop, setStop] = useState<AbortController | null>(null);
  const end = useRef<HTMLDivElement>(null);
  const { turns } = talk;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new word moves the end
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [turns]);

  const wantedOf = (asked: readonly Turn[], seat: number): Wanted => ({
    ...parameters,
    model: parameters.models[seat]!,
    messages: messagesFor(asked, seat, parameters.system),
  });

  async function put(question: Question): Promise<void> {
    const controller = new AbortController();
    setStop(controller);
    let now: Conversation = { ...talk, turns: [...turns, { question, answers: [] }] };
    const asked = now.turns;
    await Promise.all(
      parameters.models.map((_, seat) =>
        ask(
          wantedOf(asked, seat),
          (answer) => {
            const last = now.turns.at(-1)!;
            const answers = [...last.answers];
            answers[seat] = answer;
            now = { ...now, turns: [...now.turns.slice(0, -1), { ...last, answers }] };
            setTalk(now);
          },
          controller.signal,
        ),
      ),
    );
    setStop(null);
    setHistory(keepConversation(now));
  }

  return (
    <div className="flex min-h-[calc(100dvh-9rem)] flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h1>{words.nav.chat}</h1>
        <Button onClick={() => setTalk(begun())} disabled={turns.length === 0 || stop !== null}>
          {words.chat.begin}
        </Button>
      </div>
      <ParameterForm value={parameters} onChange={setParameters} models={models} />
      {turns.length === 0 ? (
        <History all={history} onOpen={setTalk} onForget={(id) => setHistory(forgetConversation(id))} />
      ) : (
        <ol aria-live="polite" className="flex flex-1 flex-col gap-6">
          {turns.map((turn, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: turns are only added
            <TurnView key={i} turn={turn} />
          ))}
        </ol>
      )}
      <div ref={end} className="sticky bottom-16 mt-auto flex flex-col gap-2 bg-ground pb-2 md:bottom-0">
        <Composer running={stop !== null} onAsk={(question) => void put(question)} onStop={() => stop?.abort()} />
        {turns.length > 0 && <CopyAs wanted={wantedOf(turns, 0)} />}
      </div>
    </div>
  );
}

interface HistoryProps {
  all: Conversation[];
  onOpen: (talk: Conversation) => void;
  onForget: (id: string) => void;
}

function History({ all, onOpen, onForget }: HistoryProps) {
  const { words, formats } = useWords();
  if (all.length === 0) return <Empty>{words.chat.empty}</Empty>;
  return (
    <section className="flex-1">
      <h2>{words.chat.history}</h2>
      <p className="text-sm text-quiet">{words.chat.historyHint}</p>
      <ul className="mt-2 divide-y divide-line">
        {all.map((talk) => (
          <li key={talk.id} className="flex items-center justify-between gap-2">
            <button type="button" className="min-h-11 min-w-0 flex-1 text-left" onClick={() => onOpen(talk)}>
              <span className="block truncate">{nameOf(talk) || words.chat.attached}</span>
              <span className="text-xs text-quiet">{formats.date(talk.at)}</span>
            </button>
            <Button look="quiet" aria-label={`${words.chat.forget}: ${nameOf(talk)}`} onClick={() => onForget(talk.id)}>
              <Icon name="close" className="size-4" />
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function CopyAs({ wanted }: { wanted: Wanted }) {
  const { words } = useWords();
  const notices = useNotices();
  const copy = async (form: Form) => {
    await copyText(codeFor(form, wanted, location.origin));
    notices.done(words.chat.copied(form));
  };
  return (
    <div className="flex flex-wrap items-center gap-1 text-sm text-quiet">
      {words.chat.copyAs}
      {forms.map((form) => (
        <Button key={form} look="quiet" onClick={() => void copy(form).catch(notices.failed)}>
          {form}
        </Button>
      ))}
    </div>
  );
}
