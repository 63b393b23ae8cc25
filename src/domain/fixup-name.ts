// Made by `npm run generate` from src/gateway/fit/fixups; edit those.
/** Corrections that a model's requests, or its answers, may need: docs/fixups.md. The catalog says which, the gateway how. */
export const fixupNames = [
  "strip-tools",
  "relax-tool-choice",
  "flatten-text",
  "fill-empty",
  "calm-tools",
  "lead-system",
  "alternate-roles",
  "force-tool-choice",
  "thinking-switch",
  "thinking-off",
  "decode-arguments",
  "calls-from-text",
] as const;

export type FixupName = (typeof fixupNames)[number];
