/** The menu of what is chosen once: colours, language, leaving; on a phone also the pages that have no room below. */
import { Menu } from "@base-ui/react/menu";
import { useNavigate } from "@tanstack/react-router";
import { useSession, useSignOut } from "../api/session.ts";
import { Icon } from "../ui/icons.tsx";
import { useNotices } from "../ui/notices.tsx";
import { type Language, languages } from "../words/languages.ts";
import { useWords } from "../words/words.tsx";
import type { PageEntry } from "./pages.ts";
import { type Theme, themes, useTheme } from "./theme.ts";

const item = "flex min-h-10 items-center gap-2 rounded-md px-3 text-sm data-highlighted:bg-sunken";
const heading = "px-3 pt-2 pb-1 text-xs text-quiet";

export function Choices({ pages }: { pages: readonly PageEntry[] }) {
  const { words, language, setLanguage } = useWords();
  const { data: session } = useSession();
  const [theme, setTheme] = useTheme();
  const signOut = useSignOut();
  const notices = useNotices();
  const navigate = useNavigate();
  return (
    <Menu.Root>
      <Menu.Trigger className="inline-flex min-h-10 items-center gap-2 rounded-lg px-2.5 text-sm text-quiet hover:bg-sunken md:mt-auto">
        <Icon name="more" />
        {words.shell.more}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} className="z-50">
          <Menu.Popup className="max-h-[80dvh] min-w-52 overflow-y-auto rounded-xl border border-line bg-raised p-1 shadow-xl outline-none">
            <div className="md:hidden">
              {pages.map(({ to, name }) => (
                <Menu.Item key={to} className={item} onClick={() => void navigate({ to })}>
                  <Icon name={name} /> {words.nav[name]}
                </Menu.Item>
              ))}
            </div>
            <Menu.Group>
              <Menu.GroupLabel className={heading}>{words.shell.theme}</Menu.GroupLabel>
              <Menu.RadioGroup value={theme} onValueChange={(value: Theme) => setTheme(value)}>
                {themes.map((one) => (
                  <Choice key={one} value={one} text={words.shell.themes[one]} />
                ))}
              </Menu.RadioGroup>
            </Menu.Group>
            <Menu.Group>
              <Menu.GroupLabel className={heading}>{words.shell.language}</Menu.GroupLabel>
              <Menu.RadioGroup value={language} onValueChange={(value: Language) => setLanguage(value)}>
                {Object.entries(languages).map(([tag, name]) => (
                  <Choice key={tag} value={tag} text={name} lang={tag} />
                ))}
              </Menu.RadioGroup>
            </Menu.Group>
            <Menu.Separator className="my-1 h-px bg-line" />
            <p className={heading}>{words.shell.signedInAs(session?.name ?? "")}</p>
            <Menu.Item className={item} onClick={() => void signOut().catch(notices.failed)}>
              {words.shell.signOut}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Choice({ value, text, lang }: { value: string; text: string; lang?: string }) {
  return (
    <Menu.RadioItem value={value} lang={lang} className={item}>
      <span className="w-5">
        <Menu.RadioItemIndicator>
          <Icon name="check" className="size-4" />
        </Menu.RadioItemIndicator>
      </span>
      {text}
    </Menu.RadioItem>
  );
}
