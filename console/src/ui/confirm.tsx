/** A button that asks once more before what cannot be undone. */
import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useWords } from "../words/words.tsx";
import { Button } from "./button.tsx";

interface Props {
  action: string;
  /** What a screen reader says: the action and on what. */
  label: string;
  question: string;
  onConfirm: () => void;
}

export function Confirm({ action, label, question, onConfirm }: Props) {
  const { words } = useWords();
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger render={<Button aria-label={label}>{action}</Button>} />
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <AlertDialog.Popup className="fixed top-1/2 left-1/2 z-50 w-[min(26rem,calc(100vw-2rem))] -translate-1/2 rounded-xl border border-line bg-raised p-4 shadow-xl">
          <AlertDialog.Title className="text-lg font-semibold">{action}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1 break-words text-quiet">{question}</AlertDialog.Description>
          <div className="mt-4 flex justify-end gap-2">
            <AlertDialog.Close render={<Button>{words.shell.cancel}</Button>} />
            <AlertDialog.Close
              render={
                <Button look="accent" onClick={onConfirm}>
                  {action}
                </Button>
              }
            />
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
