/** A small choice that this browser keeps, where it keeps any: private windows and policies may refuse. */
export function kept(name: string): { get(): string | null; set(value: string): void } {
  return {
    get() {
      try {
        return localStorage.getItem(name);
      } catch {
        return null;
      }
    },
    set(value) {
      try {
        localStorage.setItem(name, value);
      } catch {
        // The choice then holds until the page is closed.
      }
    },
  };
}
