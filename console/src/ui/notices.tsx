/** Short words about what was done or refused, in a corner and for screen readers; they go by themselves. */
import { Toast } from "@base-ui/react/toast";
import type { ReactNode } from "react";
import { Icon } from "./icons.tsx";

export function Notices({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider timeout={6000}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-20 left-4 z-50 flex flex-col gap-2 sm:left-auto sm:w-96 md:bottom-4">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="rounded-lg border border-line bg-raised p-3 shadow-lg">
      <Toast.Content className="flex gap-2 text-sm">
        <Icon
          name={toast.type === "error" ? "warn" : "check"}
          className={`size-5 ${toast.type === "error" ? "text-bad" : "text-good"}`}
        />
        <Toast.Description className="min-w-0 break-words" />
      </Toast.Content>
    </Toast.Root>
  ));
}

/** Says that something was done, or why it was not. */
export function useNotices() {
  const { add } = Toast.useToastManager();
  return {
    done: (description: string) => add({ description, type: "done" }),
    failed: (error: unknown) =>
      add({ description: error instanceof Error ? error.message : String(error), type: "error", priority: "high" }),
  };
}
