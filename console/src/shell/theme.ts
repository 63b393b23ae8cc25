/** Light, dark, or as the system: set before the first paint, kept in this browser. */
import { useState } from "react";
import { kept } from "../format/kept.ts";

export const themes = ["auto", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const choice = kept("hearth.theme");

function present(): Theme {
  const value = choice.get();
  return themes.find((theme) => theme === value) ?? "auto";
}

function show(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === "auto") delete dataset.theme;
  else dataset.theme = theme;
}

show(present());

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(present);
  const change = (next: Theme) => {
    choice.set(next);
    show(next);
    setTheme(next);
  };
  return [theme, change];
}
