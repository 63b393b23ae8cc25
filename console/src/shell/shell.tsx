/** What stands around every page: the menu (at the side, on a phone at the bottom), the choices, the state of the connection. */
import { Link, Outlet } from "@tanstack/react-router";
import { useLive } from "../api/live.tsx";
import { useSession } from "../api/session.ts";
import { Icon } from "../ui/icons.tsx";
import { useWords } from "../words/words.tsx";
import { Choices } from "./choices.tsx";
import icon from "./hearth.svg";
import { type PageEntry, pages } from "./pages.ts";

const onPhone = 4;

export function Shell() {
  const { words } = useWords();
  const { data: session } = useSession();
  const { connected, state } = useLive();
  const mine = pages.filter(({ roles }) => session && roles.includes(session.role));
  return (
    <div className="md:grid md:min-h-dvh md:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a href="#page" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-raised focus:p-3">
        {words.shell.skip}
      </a>
      <header className="flex items-center justify-between gap-2 border-line p-3 md:sticky md:top-0 md:h-dvh md:flex-col md:items-stretch md:justify-start md:overflow-y-auto md:border-r md:p-4">
        <div className="flex items-center gap-2 font-semibold md:mb-3">
          <img src={icon} alt="" className="size-7" />
          {words.shell.title}
        </div>
        <nav aria-label={words.shell.pages} className="hidden md:block">
          <ul className="flex flex-col gap-0.5">
            {mine.map((page) => (
              <li key={page.to}>
                <PageLink page={page} className="flex min-h-10 items-center gap-2.5 rounded-lg px-2.5 text-sm" />
              </li>
            ))}
          </ul>
        </nav>
        <Choices pages={mine.slice(onPhone)} />
      </header>
      <main id="page" tabIndex={-1} className="mx-auto w-full max-w-6xl min-w-0 p-4 pb-24 outline-none md:p-6 md:pb-6">
        {!connected && state !== null && (
          <p role="status" className="mb-4 rounded-lg border border-line bg-sunken p-3 text-warn">
            {words.shell.lost}
          </p>
        )}
        <Outlet />
      </main>
      <nav
        aria-label={words.shell.pages}
        className="fixed inset-x-0 bottom-0 z-40 border-t border-line bg-raised pb-[env(safe-area-inset-bottom)] md:hidden"
      >
        <ul className="grid auto-cols-fr grid-flow-col">
          {mine.slice(0, onPhone).map((page) => (
            <li key={page.to}>
              <PageLink page={page} className="flex min-h-14 flex-col items-center justify-center gap-0.5 text-xs" />
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}

export function PageLink({ page: { to, name }, className }: { page: PageEntry; className: string }) {
  const { words } = useWords();
  return (
    <Link
      to={to}
      className={`${className} text-quiet hover:bg-sunken hover:text-ink`}
      activeOptions={{ exact: to === "/" }}
      activeProps={{ className: "bg-sunken font-medium text-ink!", "aria-current": "page" }}
    >
      <Icon name={name} />
      {words.nav[name]}
    </Link>
  );
}
