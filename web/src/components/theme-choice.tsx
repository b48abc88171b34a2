import { useSyncExternalStore } from "react";
import { getTheme, setTheme, subscribeToTheme } from "../lib/theme.ts";
import { Segments } from "./ui/segments.tsx";

/** Light, dark, or what the system says. */
export function ThemeChoice() {
  const theme = useSyncExternalStore(subscribeToTheme, getTheme);
  return (
    <Segments
      label="Colours"
      value={theme}
      onChange={setTheme}
      options={[
        { value: "system", label: "System" },
        { value: "light", label: "Light" },
        { value: "dark", label: "Dark" },
      ]}
    />
  );
}
