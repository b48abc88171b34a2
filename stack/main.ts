import { printEnv } from "./commands/print-env.ts";
import { runDetached } from "./commands/run-detached.ts";
import { runDown } from "./commands/run-down.ts";
import { runReset } from "./commands/run-reset.ts";
import { runStart } from "./commands/run-start.ts";
import { runUp } from "./commands/run-up.ts";
import { readSettings } from "./settings.ts";
import { StackError } from "./stack-error.ts";

const USAGE = [
  "npm start [-- --reset]                start everything, web app included; Ctrl-C stops it",
  "npm run stack -- up [--detach]        start stack and sandbox (in the background)",
  "npm run stack -- down                 stop them",
  "npm run stack -- env                  print their addresses and keys",
  "npm run stack -- reset                stop them and remove all their data",
].join("\n");

const FLAGS: Readonly<Record<string, readonly string[]>> = {
  start: ["--reset"],
  up: ["--detach"],
  down: [],
  env: [],
  reset: [],
};

async function main([command = "", ...flags]: string[]): Promise<void> {
  if (!FLAGS[command] || !flags.every((flag) => FLAGS[command]!.includes(flag))) throw new StackError(USAGE);
  const settings = readSettings();
  if (command === "start") return await runStart(settings, { reset: flags.includes("--reset") });
  if (command === "env") return await printEnv(settings);
  if (command === "down") return console.log(await runDown(settings) ? "Stopped." : "Nothing was running.");
  if (command === "reset") {
    await runReset(settings);
    return console.log(`Removed ${settings.dataDir}.`);
  }
  if (flags.includes("--detach")) {
    await runDetached(settings);
    return console.log(`Ready at ${settings.apiUrl}.`);
  }
  await runUp(settings, () => console.log(`Ready at ${settings.apiUrl}. Ctrl-C stops it.`));
}

try {
  await main(Deno.args);
  Deno.exit(0);
} catch (error) {
  console.error(error instanceof StackError ? error.message : error);
  Deno.exit(1);
}
