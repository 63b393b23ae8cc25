/** The pages by their addresses. Behind `#`, because paths at the root belong to the APIs. */
import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import { Shell } from "./shell/shell.tsx";
import { BrokenPage, NoPage } from "./shell/strange-page.tsx";

const root = createRootRoute({ component: Shell });

const now = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/now/first-page.tsx"), "FirstPage"),
});
const models = createRoute({
  getParentRoute: () => root,
  path: "/models",
  component: lazyRouteComponent(() => import("./pages/models/models.tsx"), "ModelsPage"),
});

const chat = createRoute({
  getParentRoute: () => root,
  path: "/chat",
  component: lazyRouteComponent(() => import("./pages/chat/chat.tsx"), "ChatPage"),
});
const requests = createRoute({
  getParentRoute: () => root,
  path: "/requests",
  component: lazyRouteComponent(() => import("./pages/requests/requests.tsx"), "RequestsPage"),
});
const usage = createRoute({
  getParentRoute: () => root,
  path: "/usage",
  component: lazyRouteComponent(() => import("./pages/usage/usage.tsx"), "UsagePage"),
});
const keys = createRoute({
  getParentRoute: () => root,
  path: "/keys",
  component: lazyRouteComponent(() => import("./pages/keys/keys.tsx"), "KeysPage"),
});
const logs = createRoute({
  getParentRoute: () => root,
  path: "/logs",
  component: lazyRouteComponent(() => import("./pages/logs/logs.tsx"), "LogsPage"),
});
const weights = createRoute({
  getParentRoute: () => root,
  path: "/weights",
  component: lazyRouteComponent(() => import("./pages/weights/weights.tsx"), "WeightsPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([now, models, chat, requests, usage, keys, logs, weights]),
  history: createHashHistory(),
  defaultPreload: "intent",
  defaultErrorComponent: BrokenPage,
  defaultNotFoundComponent: NoPage,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
