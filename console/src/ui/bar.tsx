/** One bar of parts that add up to a whole, with its legend. The figures stand in the legend, so nothing hangs on a colour. */
export interface Part {
  name: string;
  value: number;
  shown: string;
  className: string;
}

export function PartsBar({ parts, label }: { parts: Part[]; label: string }) {
  const total = parts.reduce((sum, { value }) => sum + value, 0);
  const there = parts.filter(({ value }) => value > 0);
  return (
    <figure aria-label={label}>
      <div className="flex h-4 w-full gap-px overflow-hidden rounded-full bg-sunken" aria-hidden="true">
        {there.map(({ name, value, className }) => (
          <div key={name} className={className} style={{ width: `${(100 * value) / total}%` }} />
        ))}
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {there.map(({ name, shown, className }) => (
          <li key={name} className="flex items-center gap-1.5">
            <span className={`size-2.5 rounded-full ${className}`} aria-hidden="true" />
            {name} <span className="text-quiet tabular-nums">{shown}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

export function ProgressBar({ percent, label }: { percent: number | null; label: string }) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { "aria-valuenow": Math.round(percent) })}
      className="h-1.5 w-full overflow-hidden rounded-full bg-sunken"
    >
      <div
        className={`h-full rounded-full bg-accent transition-[width] ${percent === null ? "w-1/3 animate-pulse" : ""}`}
        style={percent === null ? {} : { width: `${percent}%` }}
      />
    </div>
  );
}
