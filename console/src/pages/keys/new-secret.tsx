/** A key's secret, the only time that it is shown. */
import { Button } from "../../ui/button.tsx";
import { copyText } from "../../ui/copy-text.ts";
import { useNotices } from "../../ui/notices.tsx";
import { useWords } from "../../words/words.tsx";

export interface Secret {
  name: string;
  secret: string;
}

export function NewSecret({ secret, onClose }: { secret: Secret | null; onClose: () => void }) {
  const { words } = useWords();
  const notices = useNotices();
  if (secret === null) return null;
  const copy = async () => {
    await copyText(secret.secret);
    notices.done(words.chat.copied(secret.name));
  };
  return (
    <div role="alert" className="rounded-xl border-2 border-accent bg-raised p-4">
      <p className="font-medium">{words.keys.onlyNow(secret.name)}</p>
      <code className="my-2 block rounded-lg bg-sunken p-3 break-all select-all">{secret.secret}</code>
      <div className="flex gap-2">
        <Button look="accent" onClick={() => void copy().catch(notices.failed)}>
          {words.keys.copy}
        </Button>
        <Button onClick={onClose}>{words.keys.haveIt}</Button>
      </div>
    </div>
  );
}
