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
  component: lazyRouteComponent(() => import("./pages/now/now.tsx"), "NowPage"),
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

export const router = createRouter({
  routeTree: root.addChildren([now, models, chat]),
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
