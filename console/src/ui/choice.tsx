/** A list of which one is chosen, with its words beside it. */
interface Props<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; text: string }[];
  onChange: (value: Value) => void;
}

export const fieldClass = "min-h-10 w-full rounded-lg border border-line bg-raised px-2 text-sm";

export function Choice<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  return (
    <label className="block text-sm">
      {label}
      <select className={fieldClass} value={value} onChange={({ target }) => onChange(target.value as Value)}>
        {options.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
