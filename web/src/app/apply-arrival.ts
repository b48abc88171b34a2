import { readArrival } from "./read-arrival.ts";

// Runs before the Supabase client is made, which takes the session out of the address.
const target = readArrival(new URL(globalThis.location.href));
if (target) globalThis.history.replaceState(null, "", target);
