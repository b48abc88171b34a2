/**
 * What a hosted edge function may use (https://supabase.com/docs/guides/functions/limits): CPU time for each
 * request, waiting not counted, and memory for each worker. At half the CPU time a worker is retired.
 */
export const CPU_WARNING_MS = 1_000;
export const CPU_LIMIT_MS = 2_000;
export const MEMORY_LIMIT_BYTES = 256 * 1024 * 1024;

/** What is left of an answered request may go on this long: the shortest wall clock of a hosted worker. */
export const BACKGROUND_LIMIT_MS = 150_000;
