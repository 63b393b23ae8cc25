/** The memory of each machine as one bar: what models hold, other programs, what is free, and what is kept free. */
import type { Schemas, State } from "../../api/client.ts";
import { type Part, PartsBar } from "../../ui/bar.tsx";
import { Card } from "../../ui/card.tsx";
import { useWords } from "../../words/words.tsx";

const shades = ["bg-accent", "bg-info", "bg-good", "bg-warn"];

export function Memory({ state }: { state: State }) {
  return state.nodes.map((node) => (
    <NodeMemory key={node.id} node={node} models={state.models} alone={state.nodes.length === 1} />
  ));
}

function NodeMemory({ node, models, alone }: { node: Schemas["Node"]; models: State["models"]; alone: boolean }) {
  const { words, formats } = useWords();
  const { totalGiB, availableGiB, floorGiB } = node.memory;
  const held = models
    .filter((model) => model.process !== null && model.nodes.includes(node.id))
    .map(({ id, process, memoryGiB }, i) => part(id, process?.rssGiB ?? memoryGiB, shades[i % shades.length]!));
  const engines = held.reduce((sum, { value }) => sum + value, 0);
  const others = Math.max(0, totalGiB - availableGiB - engines);
  const floor = Math.min(floorGiB, availableGiB);
  const parts = [
    ...held,
    part(words.now.parts.others, others, "bg-quiet"),
    part(words.now.parts.free, availableGiB - floor, "bg-line"),
    part(words.now.parts.floor, floor, "bg-line/50"),
  ];
  const line = words.now.memoryLine(formats.gib(totalGiB - availableGiB), formats.gib(totalGiB));
  return (
    <Card title={alone ? words.now.memory : words.now.memoryOf(node.id)}>
      <p className="mb-2 text-sm text-quiet">{[line, node.gpu.name].filter(Boolean).join(" · ")}</p>
      <PartsBar parts={parts} label={line} />
    </Card>
  );

  function part(name: string, value: number, className: string): Part {
    return { name, value, className, shown: formats.gib(value) };
  }
}
