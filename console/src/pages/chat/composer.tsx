/** Where a question is written: Enter sends, Shift+Enter begins a line, pictures are chosen, dropped or pasted. */
import { type ClipboardEvent, type DragEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icons.tsx";
import { useNotices } from "../../ui/notices.tsx";
import { useWords } from "../../words/words.tsx";
import type { Question } from "./conversation.ts";

const mostImageBytes = 10 * 1024 * 1024;

interface Props {
  running: boolean;
  onAsk: (question: Question) => void;
  onStop: () => void;
}

export function Composer({ running, onAsk, onStop }: Props) {
  const { words } = useWords();
  const notices = useNotices();
  const [text, setText] = useState("");
  const [images, setImages] = useState<string[]>([]);
  const chooser = useRef<HTMLInputElement>(null);
  const id = useId();
  const send = () => {
    if (running || (text.trim() === "" && images.length === 0)) return;
    onAsk({ role: "user", text, images });
    setText("");
    setImages([]);
  };
  const take = async (files: Iterable<File>) => {
    for (const file of files) {
      if (!file.type.startsWith("image/")) continue;
      if (file.size > mostImageBytes) notices.failed(new Error(words.chat.tooLarge(file.name)));
      else {
        const url = await dataUrl(file);
        setImages((before) => [...before, url]);
      }
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const onPaste = ({ clipboardData }: ClipboardEvent) => void take(clipboardData.files);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    void take(event.dataTransfer.files);
  };
  return (
    <fieldset
      aria-label={words.chat.question}
      className="rounded-2xl border border-line bg-raised p-2"
      onDrop={onDrop}
      onDragOver={(event) => event.preventDefault()}
    >
      {images.length > 0 && (
        <ul className="mb-2 flex flex-wrap gap-2">
          {images.map((url, i) => (
            <li key={url} className="relative">
              <img src={url} alt={words.chat.attached} className="h-16 rounded-lg" />
              <button
                type="button"
                aria-label={words.chat.takeOut}
                onClick={() => setImages(images.filter((_, at) => at !== i))}
                className="absolute -top-2 -right-2 rounded-full border border-line bg-raised p-1"
              >
                <Icon name="close" className="size-3" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <label htmlFor={id} className="sr-only">
        {words.chat.question}
      </label>
      <textarea
        id={id}
        rows={Math.min(8, text.split("\n").length + 1)}
        value={text}
        placeholder={words.chat.placeholder}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        className="w-full resize-none bg-transparent p-2 outline-offset-0"
      />
      <div className="flex justify-between gap-2">
        <input
          ref={chooser}
          type="file"
          accept="image/*"
          multiple
          hidden
          aria-label={words.chat.addPicture}
          onChange={({ target }) => void take(target.files ?? [])}
        />
        <Button look="quiet" onClick={() => chooser.current?.click()}>
          {words.chat.addPicture}
        </Button>
        {running ? (
          <Button onClick={onStop}>
            <Icon name="stop" className="size-4" /> {words.chat.stop}
          </Button>
        ) : (
          <Button look="accent" onClick={send} disabled={text.trim() === "" && images.length === 0}>
            <Icon name="send" className="size-4" /> {words.chat.send}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

function dataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
