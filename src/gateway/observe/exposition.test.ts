import { expect, test } from "vitest";
import { familiesOf, textOf, withLabel } from "./exposition.ts";

const text = `# HELP vllm:running Now.
# TYPE vllm:running gauge
vllm:running{model_name="x"} 1
# TYPE vllm:ttft histogram
vllm:ttft_bucket{le="0.1"} 2
vllm:ttft_bucket{le="+Inf"} 3
vllm:ttft_sum 0.5
vllm:ttft_count 3
# TYPE process_open_fds gauge
process_open_fds 7
bare 1e-05 1700000000000
nonsense {
`;

test("an engine's families get the model's id, and what is every process's is left out", () => {
  expect(textOf(familiesOf(text, 'org/"a"'))).toBe(`# HELP vllm:running Now.
# TYPE vllm:running gauge
vllm:running{model="org/\\"a\\"",model_name="x"} 1
# TYPE vllm:ttft histogram
vllm:ttft_bucket{model="org/\\"a\\"",le="0.1"} 2
vllm:ttft_bucket{model="org/\\"a\\"",le="+Inf"} 3
vllm:ttft_sum{model="org/\\"a\\""} 0.5
vllm:ttft_count{model="org/\\"a\\""} 3
bare{model="org/\\"a\\""} 1e-05 1700000000000
`);
});

test("a label of that name is kept as exported, and empty braces are filled", () => {
  expect(withLabel('x{a="1",model="theirs"} 2', "model", "ours")).toBe(
    'x{model="ours",a="1",exported_model="theirs"} 2',
  );
  expect(withLabel("x{} 2", "model", "ours")).toBe('x{model="ours"} 2');
});

test("two engines with the same metric make one family of it", () => {
  const both = textOf([...familiesOf(text, "a"), ...familiesOf(text, "b")]);
  expect(both.match(/# TYPE vllm:running/g)).toHaveLength(1);
  expect(both).toMatch(/vllm:running\{model="a".*\nvllm:running\{model="b"/);
});
