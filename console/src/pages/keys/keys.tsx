/** People and apps, each with a key: made, changed, ended; and what administrators did. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, type Schemas } from "../../api/client.ts";
import { Answer } from "../../ui/answer.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Empty } from "../../ui/card.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { useNotices } from "../../ui/notices.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { useWords } from "../../words/words.tsx";
import { KeyForm } from "./key-form.tsx";
import { NewSecret, type Secret } from "./new-secret.tsx";

type Key = Schemas["Key"];

export function KeysPage() {
  const { words } = useWords();
  const [secret, setSecret] = useState<Secret | null>(null);
  const keys = useQuery({ queryKey: ["keys"], queryFn: async () => (await api.GET("/keys")).data! });
  return (
    <div className="flex flex-col gap-4">
      <h1>{words.nav.keys}</h1>
      <NewSecret secret={secret} onClose={() => setSecret(null)} />
      <Card title={words.keys.make}>
        <KeyForm onMade={setSecret} />
      </Card>
      <Card title={words.keys.madeHere}>
        <Answer query={keys}>
          {({ keys, configured }) => (
            <>
              {keys.length === 0 && <Empty>{words.keys.none}</Empty>}
              <ul className="divide-y divide-line">
                {keys.map((key) => (
                  <KeyRow key={key.name} value={key} onSecret={setSecret} />
                ))}
              </ul>
              {configured.length > 0 && (
                <p className="mt-3 text-sm text-quiet">
                  {words.keys.configured(configured.map(({ name }) => name).join(", "))}
                </p>
              )}
            </>
          )}
        </Answer>
      </Card>
      <Audit />
    </div>
  );
}

function KeyRow({ value: key, onSecret }: { value: Key; onSecret: (secret: Secret) => void }) {
  const { words, formats } = useWords();
  const notices = useNotices();
  const queries = useQueryClient();
  const changed = () => queries.invalidateQueries({ queryKey: ["keys"] });
  const path = { params: { path: { name: key.name } } };
  const rotate = useMutation({
    mutationFn: async () => (await api.POST("/keys/{name}/rotate", path)).data!,
    onSuccess: ({ secret }) => onSecret({ name: key.name, secret }),
    onError: notices.failed,
    onSettled: changed,
  });
  const revoke = useMutation({
    mutationFn: () => api.DELETE("/keys/{name}", path),
    onSuccess: () => notices.done(words.keys.ended(key.name)),
    onError: notices.failed,
    onSettled: changed,
  });
  const facts = [
    words.keys.roles[key.role],
    key.models.includes("*") ? words.keys.allModels : key.models.join(", "),
    key.lastUsedAt === null ? words.keys.neverUsed : words.keys.lastUsed(formats.date(key.lastUsedAt)),
    key.expires && words.keys.expires(key.expires),
    key.hours,
    ...Object.entries(key.limits ?? {}).map(([name, value]) =>
      words.keys.limits[name as keyof typeof words.keys.limits](formats.number(value)),
    ),
  ];
  return (
    <li className="flex flex-col gap-2 py-3 sm:flex-row sm:items-center sm:justify-between">
      <div className="min-w-0">
        <p className="font-medium break-all">
          {key.name} {key.prefix !== null && <code className="text-sm text-quiet">{key.prefix}…</code>}
        </p>
        <p className="text-sm text-quiet">{facts.filter(Boolean).join(" · ")}</p>
        {key.note && <p className="text-sm">{key.note}</p>}
      </div>
      <div className="flex gap-2">
        <Confirm
          action={words.keys.rotate}
          label={`${words.keys.rotate}: ${key.name}`}
          question={words.keys.rotateQuestion(key.name)}
          onConfirm={() => rotate.mutate()}
        />
        <Confirm
          action={words.keys.revoke}
          label={`${words.keys.revoke}: ${key.name}`}
          question={words.keys.revokeQuestion(key.name)}
          onConfirm={() => revoke.mutate()}
        />
      </div>
    </li>
  );
}

type Entry = Schemas["AuditEntry"];

function Audit() {
  const { words, formats } = useWords();
  const [open, setOpen] = useState(false);
  const audit = useQuery({
    queryKey: ["audit"],
    enabled: open,
    queryFn: async () => (await api.GET("/audit", { params: { query: { limit: "100" } } })).data!.entries,
  });
  const columns: Column<Entry>[] = [
    { name: words.keys.audit.when, cell: ({ at }) => formats.date(at) },
    { name: words.keys.audit.who, cell: ({ by }) => by },
    { name: words.keys.audit.what, cell: ({ act }) => act },
    { name: words.keys.audit.on, cell: ({ target }) => target ?? "–" },
  ];
  return (
    <Card
      title={words.keys.audit.title}
      actions={
        <Button aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? words.keys.audit.hide : words.keys.audit.show}
        </Button>
      }
    >
      {open && (
        <Answer query={audit}>
          {(entries) =>
            entries.length === 0 ? (
              <Empty>{words.keys.audit.none}</Empty>
            ) : (
              <Table
                label={words.keys.audit.title}
                columns={columns}
                rows={entries}
                keyOf={({ at, act, target }) => `${at} ${act} ${target}`}
              />
            )
          }
        </Answer>
      )}
    </Card>
  );
}
