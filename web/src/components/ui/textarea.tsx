import type { ComponentProps } from "react";
import { cn } from "../../lib/cn.ts";
import { controlStyles } from "./input.tsx";

export function Textarea({ className, rows = 3, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea rows={rows} {...props} className={cn(controlStyles, "resize-y py-2 leading-5", className)} />
  );
}
