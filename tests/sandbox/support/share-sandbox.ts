import { SandboxProcess } from "./sandbox-process.ts";

/** Starts a sandbox for the tests of a file, hands it over and stops it in the end. Before each test it is emptied. */
export function shareSandbox(receive: (sandbox: SandboxProcess) => void): void {
  let sandbox: SandboxProcess;
  Deno.test.beforeAll(async () => {
    sandbox = await SandboxProcess.start();
    receive(sandbox);
  });
  Deno.test.afterAll(() => sandbox.stop());
  Deno.test.beforeEach(() => sandbox.reset());
}
