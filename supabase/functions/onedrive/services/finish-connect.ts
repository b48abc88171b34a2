import type { Connection } from "../../_shared/contracts/connections.ts";
import type { OnedriveFinishRequest } from "../../_shared/contracts/onedrive.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import { sha256Hex } from "../../_shared/core/digest.ts";
import type { TakenOauthState } from "../../_shared/db/oauth-states.ts";
import type { MicrosoftTokens } from "../../_shared/providers/microsoft/adapter.ts";
import { toAccountFields } from "../rules/to-account-fields.ts";
import { toConnection } from "../rules/to-connection.ts";
import { type Caller, type OnedriveDeps, PROVIDER } from "./deps.ts";
import { limitCalls } from "./limit-calls.ts";

type OwnState = Extract<TakenOauthState, { outcome: "taken" }>;

/**
 * Turns code and state into a connected account. The state's user must be the caller. A code works once, so its
 * tokens are kept under the state until the account is stored: the caller may repeat a failed finish, or confirm
 * that this is meant to be another account than before.
 */
export async function finishConnect(
  deps: OnedriveDeps,
  caller: Caller,
  request: OnedriveFinishRequest,
): Promise<Connection> {
  await limitCalls(deps, caller, "connect");
  const stateHash = await sha256Hex(request.state);
  const taken = await deps.states.take(stateHash, caller.id, PROVIDER);
  if (taken.outcome === "foreign") throw new AppError("oauth_state_foreign");
  if (taken.outcome !== "taken") throw new AppError("oauth_state_invalid");

  const tokens = await redeem(deps, caller, taken, request.code);
  try {
    return await store(deps, caller, tokens, request.confirm_switch ?? false);
  } catch (error) {
    await keepTokens(deps, caller, stateHash, tokens, taken.expiresAt);
    throw error;
  }
}

async function redeem(
  deps: OnedriveDeps,
  caller: Caller,
  state: OwnState,
  code: string,
): Promise<MicrosoftTokens> {
  if (state.pending) {
    const kept = JSON.parse(await deps.cipher.decrypt(state.pending, contextOf(caller, "pending")));
    return { ...kept, expiresAt: new Date(kept.expiresAt) };
  }
  const verifier = await deps.cipher.decrypt(state.verifier, contextOf(caller, "verifier"));
  return await deps.login.exchangeCode(code, verifier);
}

async function keepTokens(
  deps: OnedriveDeps,
  caller: Caller,
  stateHash: string,
  tokens: MicrosoftTokens,
  expiresAt: Date,
): Promise<void> {
  const pending = await deps.cipher.encrypt(JSON.stringify(tokens), contextOf(caller, "pending"));
  const verifier = { text: "", keyId: pending.keyId };
  await deps.states.create({
    stateHash,
    userId: caller.id,
    provider: PROVIDER,
    verifier,
    pending: pending.text,
    expiresAt,
  });
}

async function store(deps: OnedriveDeps, caller: Caller, tokens: MicrosoftTokens, confirmSwitch: boolean) {
  const account = await deps.graph.getAccount(tokens.accessToken);
  const access = await deps.cipher.encrypt(tokens.accessToken, contextOf(caller, "access_token"));
  const refresh = await deps.cipher.encrypt(tokens.refreshToken, contextOf(caller, "refresh_token"));
  const sealed = {
    access_token: access.text,
    refresh_token: refresh.text,
    key_id: access.keyId,
    expires_at: tokens.expiresAt.toISOString(),
  };
  try {
    return toConnection(
      await deps.connections.save(caller.id, toAccountFields(account), sealed, confirmSwitch),
    );
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "account_switch") throw error;
    const details = { account_name: account.name, account_email: account.email };
    throw new AppError("account_switch", { details, cause: error });
  }
}

function contextOf(caller: Caller, column: string) {
  return { userId: caller.id, provider: PROVIDER, column };
}
