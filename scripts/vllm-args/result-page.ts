/** docs/vllm-arguments.md: what the releases' own parsers said of the catalog's commands. */
export interface ParsedModel {
  id: string;
  track: string;
  release: string;
  /** Flags that only the track's own build knows: its release was not asked for them. */
  extras: string[];
  /** What the parser said; null = it takes all. */
  fault: string | null;
}

export function resultPage(parsed: readonly ParsedModel[], at: Date): string {
  const releases = [...Map.groupBy(parsed, ({ release }) => release)].toSorted(([one], [other]) =>
    one < other ? 1 : -1,
  );
  const faults = parsed.filter(({ fault }) => fault !== null);
  const extras = parsed.filter((model) => model.extras.length > 0);
  return `# The catalog's commands, parsed by vLLM

Every command of the catalog is parsed by the argument parser of the vLLM release that its image has, or of the nearest one that the
Python package index serves: the parser's own code, types and choices, with stand-ins for PyTorch. \`npm run -s test:vllm-args\`
does it again and writes this page; it takes minutes, python3 and a package index. Last run: ${at.toISOString().slice(0, 10)}.

| release | tracks | commands | taken |
|---|---|---|---|
${releases.map(([release, models]) => row(release, models)).join("\n")}

${faults.length === 0 ? "Every command was taken." : faults.map(({ id, fault }) => `- \`${id}\`: ${fault}`).join("\n")}

## What no release can say

These flags and values exist in their image's own build alone, and were left out:

${extras.map((model) => `- \`${model.id}\` (${model.track}): ${model.extras.map((extra) => `\`${extra}\``).join(", ")}`).join("\n")}
`;
}

function row(release: string, models: readonly ParsedModel[]): string {
  const tracks = [...new Set(models.map(({ track }) => track))].join(", ");
  return `| vLLM ${release} | ${tracks} | ${models.length} | ${models.filter(({ fault }) => fault === null).length} |`;
}
