/** The pages in the order of the menu. The first ones stand at the bottom of a phone's screen. */
import type { Session } from "../api/session.ts";
import type { IconName } from "../ui/icons.tsx";
import type { Words } from "../words/en.ts";

export interface PageEntry {
  to: "/" | "/models" | "/chat" | "/requests" | "/usage" | "/keys" | "/logs" | "/weights";
  name: keyof Words["nav"] & IconName;
  roles: readonly Session["role"][];
}

export const pages: readonly PageEntry[] = [
  { to: "/", name: "now", roles: ["admin", "user"] },
  { to: "/models", name: "models", roles: ["admin"] },
  { to: "/chat", name: "chat", roles: ["admin", "user"] },
  { to: "/requests", name: "requests", roles: ["admin", "user"] },
  { to: "/usage", name: "usage", roles: ["admin", "user"] },
  { to: "/keys", name: "keys", roles: ["admin"] },
  { to: "/logs", name: "logs", roles: ["admin"] },
  { to: "/weights", name: "weights", roles: ["admin"] },
];
