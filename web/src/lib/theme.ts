export const THEMES = ["system", "light", "dark"] as const;

export type Theme = typeof THEMES[number];

const KEY = "cliprelay.theme";
const listeners = new Set<() => void>();
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

/** What the user chose; public/theme.js reads the same key before the first paint. */
export function getTheme(): Theme {
  const stored = localStorage.getItem(KEY);
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function setTheme(theme: Theme): void {
  if (theme === "system") localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, theme);
  applyTheme();
}

/** Calls back after every change of choice; returns the way to stop. */
export function subscribeToTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function applyTheme(): void {
  const theme = getTheme();
  document.documentElement.classList.toggle(
    "dark",
    theme === "dark" || (theme === "system" && systemIsDark.matches),
  );
  for (const listener of listeners) listener();
}

systemIsDark.addEventListener("change", applyTheme);
