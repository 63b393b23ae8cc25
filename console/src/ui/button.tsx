import type { ComponentProps } from "react";

const looks = {
  plain: "border border-line bg-raised hover:bg-sunken",
  accent: "bg-accent text-on-accent hover:brightness-110",
  quiet: "hover:bg-sunken",
  bad: "border border-line bg-raised text-bad hover:bg-sunken",
};

/** A target of 36 pixels at least, also for a thumb. */
export function Button({
  look = "plain",
  className = "",
  ...rest
}: ComponentProps<"button"> & { look?: keyof typeof looks }) {
  return (
    <button
      type="button"
      className={`inline-flex min-h-9 items-center justify-center gap-1.5 rounded-lg px-3 text-sm font-medium transition-colors disabled:opacity-50 ${looks[look]} ${className}`}
      {...rest}
    />
  );
}
