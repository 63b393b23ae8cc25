import type { SettingsFile } from "./file.ts";
import { mergeJson } from "./json.ts";
import { mergeToml } from "./toml.ts";
import { mergeYaml } from "./yaml.ts";

const mergers = { json: mergeJson, yaml: mergeYaml, toml: mergeToml };

/** The file's new text. `text` is what stands there now, null where there is no file. Throws a SettingsFault. */
export function mergeSettings({ format, settings }: SettingsFile, text: string | null): string {
  return mergers[format](text ?? "", settings);
}
