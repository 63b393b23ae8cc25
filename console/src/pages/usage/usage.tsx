/** Who used what: by person, model, day or hour; a person with a user key sees the own part. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, type Schemas } from "../../api/client.ts";
import { useSession } from "../../api/session.ts";
import { Answer } from "../../ui/answer.tsx";
import { Card, Empty } from "../../ui/card.tsx";
import { Choice } from "../../ui/choice.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { useWords } from "../../words/words.tsx";
import { daysBefore } from "./days.ts";

type Row = Schemas["UsageRow"];
type By = "key" | "model" | "day" | "hour";

const spans = { "1": 0, "7": 6, "30": 29, "90": 89 } as const;
type Span = keyof typeof spans;

export function UsagePage() {
  const { words } = useWords();
  const { data: session } = useSession();
  const admin = session?.role === "admin";
  const [by, setBy] = useState<By>(admin ? "key" : "model");
  const [span, setSpan] = useState<Span>("7");
  const path = admin ? "/usage" : "/me/usage";
  const query = { by, from: daysBefore(new Date(), spans[span]) };
  const usage = useQuery({
    queryKey: ["usage", path, query],
    queryFn: async () => (await api.GET(path, { params: { query } })).data!,
  });
  const kinds: By[] = admin ? ["key", "model", "day", "hour"] : ["model", "day", "hour"];
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center justify-between gap-2">
        <h1>{words.nav.usage}</h1>
        {admin && (
          <a
            href={`./hearth/v1/usage.csv?${new URLSearchParams(query)}`}
            download
            className="text-sm text-accent underline"
          >
            {words.usage.export}
          </a>
        )}
      </div>
      <div className="grid grid-cols-2 gap-3 sm:max-w-md">
        <Choice
          label={words.usage.by}
          value={by}
          onChange={setBy}
          options={kinds.map((value) => ({ value, text: words.usage.kinds[value] }))}
        />
        <Choice
          label={words.usage.span}
          value={span}
          onChange={setSpan}
          options={(Object.keys(spans) as Span[]).map((value) => ({ value, text: words.usage.days(Number(value)) }))}
        />
      </div>
      <Answer query={usage}>
        {({ rows, total, currency }) => (
          <>
            <Totals total={total} currency={currency} />
            <Card>{rows.length === 0 ? <Empty>{words.usage.none}</Empty> : <UsageTable rows={rows} by={by} />}</Card>
          </>
        )}
      </Answer>
    </div>
  );
}

function Totals({ total, currency }: { total: Row; currency: string }) {
  const { words, formats, language } = useWords();
  const facts: [string, string][] = [
    [words.usage.requests, formats.number(total.requests)],
    [words.usage.tokensIn, formats.number(total.tokensIn)],
    [words.usage.tokensOut, formats.number(total.tokensOut)],
    [words.usage.machine, formats.duration(total.machineSeconds)],
  ];
  if (total.kilowattHours !== null) facts.push([words.usage.energy, `${formats.number(total.kilowattHours, 2)} kWh`]);
  if (total.money !== null)
    facts.push([words.usage.money, total.money.toLocaleString(language, { style: "currency", currency })]);
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
      {facts.map(([name, value]) => (
        <div key={name} className="rounded-xl border border-line bg-raised p-3">
          <dt className="text-sm text-quiet">{name}</dt>
          <dd className="text-xl font-semibold tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function UsageTable({ rows, by }: { rows: Row[]; by: By }) {
  const { words, formats } = useWords();
  const nameOf = (row: Row) => String((by === "hour" ? `${row.hour}:00` : row[by]) ?? "–");
  const most = Math.max(...rows.map(({ machineSeconds }) => machineSeconds), 1e-9);
  const columns: Column<Row>[] = [
    { name: words.usage.kinds[by], cell: (row) => <span className="break-all">{nameOf(row)}</span> },
    { name: words.usage.requests, figure: true, cell: (row) => formats.number(row.requests) },
    { name: words.usage.failed, figure: true, cell: (row) => formats.number(row.failed) },
    { name: words.usage.tokensIn, figure: true, cell: (row) => formats.number(row.tokensIn) },
    { name: words.usage.tokensOut, figure: true, cell: (row) => formats.number(row.tokensOut) },
    { name: words.usage.waited, figure: true, cell: (row) => formats.duration(row.waitSeconds) },
    {
      name: words.usage.machine,
      figure: true,
      cell: (row) => (
        <span className="flex items-center justify-end gap-2">
          <span className="h-2 w-16 rounded-full bg-sunken" aria-hidden="true">
            <span
              className="block h-2 rounded-full bg-accent"
              style={{ width: `${(100 * row.machineSeconds) / most}%` }}
            />
          </span>
          {formats.duration(row.machineSeconds)}
        </span>
      ),
    },
  ];
  return (
    <Table
      label={words.nav.usage}
      columns={columns}
      rows={rows}
      keyOf={(row) => [row.day, row.hour, row.key, row.model].join(" ")}
    />
  );
}
