// Entry point of every npm script: makes sure the packages of package-lock.json are installed, then runs a
// Deno program with the remaining arguments. Plain Node without dependencies, because on a fresh clone
// nothing else is there yet.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampPath = join(root, "node_modules", ".installed-lock");

function hashLock() {
  return createHash("sha256").update(readFileSync(join(root, "package-lock.json"))).digest("hex");
}

function isInstalled() {
  return existsSync(stampPath) && readFileSync(stampPath, "utf8") === hashLock();
}

if (!isInstalled()) {
  console.error("Installing packages (once per change of package-lock.json) ...");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const install = spawnSync(npm, ["install", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (install.status !== 0) {
    console.error(
      "npm install failed. Check the network and the free disk space, then run the same command again.",
    );
    process.exit(1);
  }
  writeFileSync(stampPath, hashLock());
}

// The real executable, not the package's own launcher: a launcher in between would keep signals from it.
const deno = createRequire(import.meta.url)("deno/install_api.cjs").runInstall();
const [program, ...args] = process.argv.slice(2);
const child = spawn(
  deno,
  ["run", "--quiet", "--allow-all", "--config", join(root, "deno.json"), join(root, program), ...args],
  { cwd: root, stdio: "inherit" },
);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.kill(signal));
}
// npm puts a shell in between, which takes a signal meant for us to the grave: then the parent changes.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) child.kill("SIGTERM");
}, 500).unref();
child.on("exit", (code, signal) => {
  process.exit(code ?? 128 + (constants.signals[signal ?? "SIGTERM"] ?? 15));
});
