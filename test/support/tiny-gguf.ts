/**
 * A real, tiny language model for tests: llama architecture, two layers, F16, byte-level BPE, ChatML template.
 *
 * `fixed` answers every chat greedily with `fixedAnswer`, word by word, and stops by itself: its output matrix holds a
 * table "after this token comes that one". `random` never stops. Two writes of the same options are byte-identical.
 *
 *   node test/support/tiny-gguf.ts out.gguf --variant fixed|random --size-mb N
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { byteCharacters, learnMerges, vocabularyForm } from "./tiny-gguf/bpe.ts";
import { type GgufTensor, type GgufValue, writeGguf } from "./tiny-gguf/gguf-file.ts";

/** No word may occur twice: each has one successor. The flame is four tokens of one byte each. */
export const fixedAnswer = "Hearth keeps one model warm 🔥 and answers when you ask.";
const answerWords = ["Hearth", " keeps", " one", " model", " warm", " "].concat(
  [...Buffer.from("🔥")].map((byte) => `byte:${byte}`),
  [" and", " answers", " when", " you", " ask", "."],
);
const trainingText = `${fixedAnswer} The user asks, the system waits and the assistant says hello to the world. a b c`;
/** What a grammar gets where the answer's next word is not allowed, best first: strings and objects close soon. */
const preferred = ['"', "}", "]", ":", ",", "1"];

export const chatTemplate =
  "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}" +
  "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

const width = 64;
const layers = 2;
const heads = 4;
/** Dimensions of the hidden state that the table lives in; the layers write only to the others. */
const constantDimension = 0;
const startDimension = 1;
const tableDimensions = 2 + answerWords.length;

export interface TinyGgufOptions {
  variant?: "fixed" | "random";
  /** Size of the file, reached by widening the feed-forward layers. Absent: about 200 kB. */
  sizeMb?: number;
  /** Tokens that the model claims to have been trained for. */
  contextLength?: number;
}

export function writeTinyGguf(file: string, options: TinyGgufOptions = {}): void {
  const { variant = "fixed", sizeMb = 0, contextLength = 8192 } = options;
  const merges = learnMerges(trainingText);
  const tokens = [...byteCharacters, ...merges.map(([left, right]) => left + right)];
  const controls = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"];
  const firstControl = tokens.length;
  tokens.push(...controls);
  const columns = Math.max(128, Math.round((sizeMb * 1e6) / (2 * 3 * width * layers) / 32) * 32);
  const metadata: Record<string, GgufValue> = {
    "general.architecture": { string: "llama" },
    "general.name": { string: `tiny-${variant}` },
    "llama.vocab_size": { u32: tokens.length },
    "llama.context_length": { u32: contextLength },
    "llama.embedding_length": { u32: width },
    "llama.block_count": { u32: layers },
    "llama.feed_forward_length": { u32: columns },
    "llama.attention.head_count": { u32: heads },
    "llama.attention.head_count_kv": { u32: heads },
    "llama.attention.layer_norm_rms_epsilon": { f32: 1e-5 },
    "llama.rope.dimension_count": { u32: width / heads },
    "tokenizer.ggml.model": { string: "gpt2" },
    "tokenizer.ggml.pre": { string: "gpt-2" },
    "tokenizer.ggml.tokens": { strings: tokens },
    "tokenizer.ggml.token_type": { i32s: tokens.map((_, token) => (token < firstControl ? 1 : 3)) },
    "tokenizer.ggml.merges": { strings: merges.map((pair) => pair.join(" ")) },
    "tokenizer.ggml.bos_token_id": { u32: firstControl },
    "tokenizer.ggml.eos_token_id": { u32: firstControl + 2 },
    "tokenizer.ggml.add_bos_token": { bool: false },
    "tokenizer.chat_template": { string: chatTemplate },
  };
  writeGguf(file, metadata, tensorsOf(variant, tokens, firstControl, columns));
}

function tensorsOf(variant: "fixed" | "random", tokens: string[], firstControl: number, columns: number): GgufTensor[] {
  const random = randomRows(variant === "fixed" ? 1 : 2);
  const matrix = (name: string, inputs: number, outputs: number, row = random(inputs)): GgufTensor => ({
    name,
    shape: [inputs, outputs],
    type: "f16",
    row,
  });
  const norm = (name: string): GgufTensor => ({ name, shape: [width], type: "f32", row: () => Array(width).fill(1) });
  /** Leaves the table's dimensions of the hidden state alone. */
  const besideTable = (inputs: number) => {
    const rows = random(inputs);
    return (index: number) => (index < tableDimensions ? new Float32Array(inputs) : rows(index));
  };
  const blocks = Array.from({ length: layers }, (_, layer) => [
    norm(`blk.${layer}.attn_norm.weight`),
    ...["attn_q", "attn_k", "attn_v"].map((name) => matrix(`blk.${layer}.${name}.weight`, width, width)),
    matrix(`blk.${layer}.attn_output.weight`, width, width, besideTable(width)),
    norm(`blk.${layer}.ffn_norm.weight`),
    ...["ffn_gate", "ffn_up"].map((name) => matrix(`blk.${layer}.${name}.weight`, width, columns)),
    matrix(`blk.${layer}.ffn_down.weight`, columns, width, besideTable(columns)),
  ]).flat();
  const table = answerTable(tokens, firstControl);
  const outputs = variant === "fixed" ? table.outputs : neverEnding(random(width), firstControl);
  return [
    matrix("token_embd.weight", width, tokens.length, table.embeddings(random(width))),
    ...blocks,
    norm("output_norm.weight"),
    matrix("output.weight", width, tokens.length, outputs),
  ];
}

/** "After this token comes that one" as embeddings (which dimension a token lights) and outputs (who listens to it). */
function answerTable(tokens: string[], firstControl: number) {
  const idOf = (word: string) =>
    word.startsWith("byte:") ? Number(word.slice(5)) : tokens.indexOf(vocabularyForm(word));
  const answer = answerWords.map(idOf);
  const end = firstControl + 2;
  return {
    embeddings: (rest: (row: number) => Float32Array) => (token: number) => {
      const row = rest(token);
      row.fill(0, 0, tableDimensions);
      row[constantDimension] = 1;
      row[answer.includes(token) ? 2 + answer.indexOf(token) : startDimension] = 2;
      return row;
    },
    outputs: (token: number) => {
      const row = new Float32Array(width);
      const place = token === end ? answer.length : answer.indexOf(token);
      if (place >= 0) row[startDimension + place] = 8;
      const rank = preferred.indexOf(tokens[token]!);
      if (rank >= 0) row[constantDimension] = 8 - rank;
      return row;
    },
  };
}

/** Random logits; the control tokens, which would end the answer, always lose. */
function neverEnding(rows: (row: number) => Float32Array, firstControl: number) {
  return (token: number) => {
    const row = rows(token);
    row[constantDimension] = token < firstControl ? 0 : -1000;
    return row;
  };
}

/** Rows of small pseudo-random numbers (mulberry32), each a slice of one block: hundreds of MB cost no time. */
function randomRows(seed: number): (columns: number) => (row: number) => Float32Array {
  const block = new Float32Array(1 << 16);
  let state = seed;
  for (let i = 0; i < block.length; i++) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    block[i] = (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 - 0.5) * 0.5;
  }
  let matrices = 0;
  return (columns) => {
    const start = 7919 * ++matrices;
    return (row) => {
      const values = new Float32Array(columns);
      for (let done = 0; done < columns; ) {
        const from = (start + row * 613 + done) % block.length;
        const part = block.subarray(from, Math.min(block.length, from + columns - done));
        values.set(part, done);
        done += part.length;
      }
      return values;
    };
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { variant: { type: "string", default: "fixed" }, "size-mb": { type: "string", default: "0" } },
  });
  const [file] = positionals;
  const sizeMb = Number(values["size-mb"]);
  const { variant } = values;
  if (file === undefined || (variant !== "fixed" && variant !== "random") || !(sizeMb >= 0)) {
    console.error("usage: node test/support/tiny-gguf.ts out.gguf [--variant fixed|random] [--size-mb N]");
    process.exit(2);
  }
  writeTinyGguf(file, { variant, sizeMb });
}
