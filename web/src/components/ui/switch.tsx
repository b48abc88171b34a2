import { Switch as Primitive } from "radix-ui";
import { type ReactNode, useId } from "react";

interface SwitchProps {
  label: string;
  description: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

/** A setting that applies at once, with its explanation. */
export function Switch({ label, description, isOn, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-6">
      <div>
        <label htmlFor={id} className="font-[550]">{label}</label>
        <p id={`${id}-text`} className="mt-0.5 text-ink-soft">{description}</p>
      </div>
      <Primitive.Root
        id={id}
        checked={isOn}
        onCheckedChange={onChange}
        aria-describedby={`${id}-text`}
        className="relative mt-0.5 h-6 w-10 shrink-0 rounded-full bg-line-strong transition-colors data-[state=checked]:bg-primary"
      >
        <Primitive.Thumb className="block size-4.5 translate-x-[3px] rounded-full bg-white shadow-card transition-transform duration-150 data-[state=checked]:translate-x-[19px] data-[state=checked]:bg-on-primary" />
      </Primitive.Root>
    </div>
  );
}
