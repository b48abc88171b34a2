import { connect } from "../../functions/support/onedrive.ts";
import { eventually } from "../../support/eventually.ts";
import { toOutcome } from "../support/fault-run.ts";
import { sweepUploads } from "../support/sweep-uploads.ts";
import { expiredToken } from "../support/expired-token.ts";
import { FILE_BYTES, FRAGMENTS, LAST, type Scenario } from "../support/scenario.ts";

const QUOTA_FAMILY = "the drive fills up";

/** Tokens and quotas that end, files that are not the right one, and people who change their mind. */
export function listAccountFaults(): Scenario[] {
  return [
    ...[0, 3, LAST].flatMap((index) => [endSession(index), pickWrongFile(index), cancel(index)]),
    expireMicrosoftToken,
    reconnectAfterwards,
    fillDriveBefore,
    fillDriveAtTheEnd,
    freeSpaceAfterwards,
    processSlowly,
    expireSession,
    cancelWhileOneDriveFails,
    takeName,
  ];
}

function endSession(index: number): Scenario {
  return {
    name: `the user's own session expires during fragment ${index + 1} of ${FRAGMENTS}`,
    family: "the user's session expires and is renewed",
    isSlow: index !== 3,
    async act(run) {
      const { tab, id } = await run.startHeldAt(index);
      await tab.setToken(await expiredToken(run.account.token, run.rig.env.JWT_SECRET!));
      await tab.until(id, "waiting");
      await tab.setToken(run.account.token);
      return await run.finish(tab, id);
    },
  };
}

function pickWrongFile(index: number): Scenario {
  return {
    name: `another file is picked first on resuming at fragment ${index + 1} of ${FRAGMENTS}`,
    family: "the wrong file is picked on resuming",
    isSlow: index !== 3,
    async act(run) {
      const { tab } = await run.startHeldAt(index);
      await tab.reload();
      const { id } = await tab.restore();
      await tab.attach(id, run.other.path);
      const refused = await tab.until(id, "needs_file");
      if (refused.error?.code !== "wrong_file") throw new Error(`The person reads ${refused.error?.code}.`);
      await tab.attach(id, run.video.path);
      return await run.finish(tab, id);
    },
  };
}

function cancel(index: number): Scenario {
  return {
    name: `the upload is canceled during fragment ${index + 1} of ${FRAGMENTS}`,
    family: "the upload is canceled",
    refusal: "upload_canceled",
    isSlow: index !== 3,
    async act(run) {
      const { tab, id } = await run.startHeldAt(index);
      await tab.call("cancel", id);
      return await run.seeCanceled(tab, id);
    },
  };
}

const cancelWhileOneDriveFails: Scenario = {
  name: "the upload is canceled while OneDrive fails to forget it",
  family: "the upload is canceled",
  refusal: "upload_canceled",
  async act(run) {
    const { tab, id } = await run.startHeldAt(4);
    await run.fault({ method: "DELETE", kind: "status", value: 503, times: 1 });
    await tab.call("cancel", id);
    const outcome = await run.seeCanceled(tab, id);
    await sweepUploads(run.rig);
    await eventually(
      "OneDrive is told again",
      async () => (await run.rig.sandbox.openUploads(run.oneDrive)).length === 0,
    );
    return outcome;
  },
};

const expireMicrosoftToken: Scenario = {
  name: "Microsoft's access token expires in the middle",
  family: "Microsoft's access token expires",
  async act(run) {
    await run.rig.sandbox.set({ token_lifetime_s: 1 });
    await connect(run.rig.env, run.account, run.oneDrive);
    const { tab, id } = await run.startHeldAt(4);
    return await run.finish(tab, id);
  },
};

const reconnectAfterwards: Scenario = {
  name: "consent is withdrawn and given again",
  family: "consent is withdrawn and given again",
  async act(run) {
    const { tab, id } = await run.startHeldAt(LAST);
    await run.fault({ kind: "revoke", method: "GET", path: "/v1.0/*" });
    const { error } = await tab.until(id, "failed");
    if (error?.code !== "reauth_required") throw new Error(`The person reads ${error?.code}.`);
    await connect(run.rig.env, run.account, run.oneDrive);
    await tab.call("retry", id);
    return await run.finish(tab, id);
  },
};

const fillDriveBefore: Scenario = {
  name: "the drive is full before the first byte",
  family: QUOTA_FAMILY,
  refusal: "quota_exceeded",
  async act(run) {
    await run.rig.sandbox.set({ drive_quota_bytes: FILE_BYTES - 1 });
    return await run.upload();
  },
};

const fillDriveAtTheEnd: Scenario = {
  name: "the drive is full at the last byte",
  family: QUOTA_FAMILY,
  refusal: "quota_exceeded",
  async act(run) {
    const { tab, id } = await run.startHeldAt(LAST);
    await run.rig.sandbox.set({ drive_quota_bytes: 1_000 });
    const outcome = toOutcome(await tab.until(id, "complete"));
    await tab.call("cancel", id);
    return outcome;
  },
};

const freeSpaceAfterwards: Scenario = {
  name: "the drive is full at the last byte, and space is made",
  family: QUOTA_FAMILY,
  async act(run) {
    const { tab, id } = await run.startHeldAt(LAST);
    await run.rig.sandbox.set({ drive_quota_bytes: 1_000 });
    await tab.until(id, "failed");
    await run.rig.sandbox.set({ drive_quota_bytes: null });
    await tab.call("retry", id);
    return await run.finish(tab, id);
  },
};

const processSlowly: Scenario = {
  name: "OneDrive takes its time to process the file",
  family: "OneDrive processes slowly",
  async act(run) {
    await run.rig.sandbox.set({ processing_ms: 3_000 });
    return await run.upload();
  },
};

const expireSession: Scenario = {
  name: "the session expires while the laptop sleeps",
  family: "OneDrive gives the session up",
  async act(run) {
    await run.rig.sandbox.set({ upload_session_ttl_s: 1 });
    const { tab, id } = await run.startHeldAt(3);
    const context = await run.context();
    await context.setOffline(true);
    await eventually(
      "the session is over",
      async () => (await run.rig.sandbox.openUploads(run.oneDrive)).length === 0,
    );
    await run.rig.sandbox.set({ upload_session_ttl_s: null });
    await context.setOffline(false);
    return await run.finish(tab, id);
  },
};

const takeName: Scenario = {
  name: "the name is taken by the time of the last byte",
  family: "another file takes the name",
  async act(run) {
    await run.fault({ kind: "status", value: 409, skip: LAST });
    return await run.upload();
  },
};
