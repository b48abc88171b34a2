/**
 * `npm run test:supabase`: starts our project with `supabase start` (Docker) and the sandbox, and runs against it the
 * tests that hold on every Supabase project. With TEST_STACK_ENV set it runs them against that stack instead.
 */
import { ensureChromium } from "./ensure-chromium.ts";
import { startSupabase } from "./supabase-start/start-supabase.ts";
import { SUITES } from "./supabase-start/suites.ts";

await ensureChromium();
const given = Deno.env.get("TEST_STACK_ENV");
const supabase = given ? null : await startSupabase();
const runs = Deno.args.length > 0 ? [Deno.args] : SUITES;
let isGreen = true;
try {
  for (const files of runs) {
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "--allow-all", "--no-check", "--quiet", ...files],
      env: { NO_COLOR: "1", TEST_STACK_ENV: given ?? supabase!.envPath },
    }).spawn().status;
    isGreen &&= success;
  }
} finally {
  await supabase?.stop();
}
if (!isGreen) Deno.exit(1);
