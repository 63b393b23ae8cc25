/**
 * Names under which models of dgx-spark-inference-stack were served (February to April 2026): whoever comes from there has
 * them in his clients. Each resolves for ever, to a model or to an archived one that names its successor.
 */
export const promisedNames: readonly string[] = `
  deepseek-ocr deepseek-r1-distill-qwen-14b deepseek-r1-distill-qwen-32b eurollm-22b-instruct-fp4 gemma4-26b-a4b
  gemma4-31b glm-4-9b-chat glm-4.5-air-derestricted-fp4 glm-4.5-air-fp4 glm-4.6v-flash-fp4 glm-4.7-flash-awq
  gpt-oss-120b gpt-oss-20b huihui-gemma4-e2b-abliterated huihui-gpt-oss-120b-mxfp4-abliterated
  huihui-qwen3.5-35b-a3b-abliterated huihui-qwen3.6-27b-abliterated
  jackrong-qwen3.5-35b-a3b-claude-4.6-opus-reasoning-distilled llama-3.3-70b-instruct-fp4 llama-3.3-70b-joyous-fp4
  mistral-nemo-instruct-2407 nemotron-3-nano-30b-fp8 nemotron-3-nano-30b-nvfp4 phi-4-multimodal-instruct-fp4
  phi-4-reasoning-plus-fp4 qwen-math qwen2.5-1.5b-instruct qwen2.5-coder-7b-instruct qwen2.5-vl-7b
  qwen3-coder-30b-a3b-instruct qwen3-coder-next-int4-autoround qwen3-next-80b-a3b-instruct-fp4
  qwen3-next-80b-a3b-thinking-fp4 qwen3-vl-30b-instruct qwen3-vl-30b-thinking-instruct qwen3-vl-32b-instruct-fp4
  qwen3.5-0.8b qwen3.5-122b-a10b-int4-autoround qwen3.6-27b-fp8 qwen3.6-27b-fp8-mtp qwen3.6-35b-a3b-fp8
  qwen3.6-35b-a3b-fp8-mtp
  devstral-small-2-24b-instruct-fp4 gemma-2-27b-it gemma-2-9b-it gemma-3-4b-it-qat glm-4.7-flash-awq
  iquest-coder-v1-40b-instruct-fp4 kimi-linear-48b-a3b-instruct-fp4 ministral-3-14b-instruct-fp4
  ministral-3-14b-reasoning-fp4 ministral-3-3b-reasoning-fp4 ministral-3-8b-instruct-fp4
  ministral-3-8b-reasoning-fp4 mistral-small-3.2-24b-instruct-fp4 nemotron-nano-12b-v2-vl rimtalk-mini-v1-fp4
  step-audio-r1-fp4
`
  .trim()
  .split(/\s+/);
