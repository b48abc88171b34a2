import { cn } from "../../lib/cn.ts";

interface SliderProps {
  /** What is set here, for assistive technology. */
  label: string;
  min: number;
  max: number;
  step: number;
  value: number;
  /** The value in words. */
  valueText: string;
  isDisabled?: boolean;
  className?: string;
  onChange: (value: number) => void;
}

/** A value between two others, set by dragging or with the arrow keys. */
export function Slider(props: SliderProps) {
  const { label, min, max, step, value, valueText, isDisabled, className, onChange } = props;
  return (
    <input
      type="range"
      aria-label={label}
      aria-valuetext={valueText}
      min={min}
      max={max}
      step={step}
      value={value}
      disabled={isDisabled}
      onChange={(event) => onChange(Number(event.target.value))}
      className={cn(
        "h-6 w-full cursor-pointer accent-primary disabled:cursor-default max-sm:h-11",
        className,
      )}
    />
  );
}
