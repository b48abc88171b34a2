import type { ProcessRegistry } from "./processes/process-registry.ts";
import type { StackSecrets } from "./secrets.ts";
import type { StackSettings } from "./settings.ts";
import type { SupabaseConfig } from "./supabase-config.ts";

/** What every part of a starting stack needs. */
export interface StackContext {
  readonly settings: StackSettings;
  readonly secrets: StackSecrets;
  readonly config: SupabaseConfig;
  readonly logsDir: string;
  readonly registry: ProcessRegistry;
  /** Tells the person at the keyboard one line. */
  readonly log: (message: string) => void;
}
