/** Our own signs: 20 by 20, drawn with the colour of the text, silent to screen readers. */
const drawn = {
  now: "M3 10h3l2-5 4 10 2-5h3",
  models: "M3 6l7-3 7 3-7 3zM3 10l7 3 7-3M3 14l7 3 7-3",
  chat: "M4 4h12v9H9l-4 3v-3H4z",
  requests: "M4 5h12M4 10h12M4 15h7",
  usage: "M4 16V9m4 7V4m4 12v-5m4 5V7",
  keys: "M12.500 7.500a3.500 3.500 0 1 1-3-3.460A3.500 3.500 0 0 1 12.500 7.500zM11 10l5 5m-2-2l2-2",
  logs: "M4 4h12v12H4zM7 8h6M7 11h6",
  weights:
    "M4 5c0-1.100 2.700-2 6-2s6 .9 6 2v10c0 1.100-2.700 2-6 2s-6-.9-6-2zM4 5c0 1.100 2.700 2 6 2s6-.9 6-2M4 10c0 1.100 2.700 2 6 2s6-.9 6-2",
  more: "M4 6h12M4 10h12M4 14h12",
  stop: "M5 5h10v10H5z",
  close: "M5 5l10 10M15 5L5 15",
  check: "M4 10l4 4 8-8",
  warn: "M10 3l8 14H2zM10 8v4m0 2v.5",
  send: "M3 10l14-6-5 13-3-5z",
} as const;

export type IconName = keyof typeof drawn;

export function Icon({ name, className = "size-5" }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 20 20"
      className={`shrink-0 ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={drawn[name]} />
    </svg>
  );
}
