import type { Connection } from "../../_shared/contracts/connections.ts";
import type { OnedriveFinishRequest } from "../../_shared/contracts/onedrive.ts";
import { AppError } from "../../_shared/core/app-error.ts";
import { sha256Hex } from "../../_shared/core/digest.ts";
import { ProviderApiError, ProviderConfigError } from "../../_shared/core/provider-errors.ts";
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

  const tokens = await redeem(deps, caller, taken, request.code).catch(async (error) => {
    // Microsoft decided nothing, so the code is still good.
    if (isUndecided(error)) await keepState(deps, caller, stateHash, taken);
    throw error;
  });
  try {
    return await store(deps, caller, tokens, request.confirm_switch ?? false);
  } catch (error) {
    await keepTokens(deps, caller, stateHash, tokens, taken.expiresAt);
    throw error;
  }
}

function isUndecided(error: unknown): boolean {
  return error instanceof ProviderConfigError || (error instanceof ProviderApiError && error.isTransient);
}

/** Puts a state back as it was, for the same person to try again with the same code. */
async function keepState(
  deps: OnedriveDeps,
  caller: Caller,
  stateHash: string,
  state: OwnState,
): Promise<void> {
  const { verifier, pending, expiresAt } = state;
  const base = { stateHash, userId: caller.id, provider: PROVIDER, verifier, expiresAt };
  await deps.states.create({ ...base, pending: pending?.text });
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
  const account = await deps.graph.getAccount(tokens.accessToken, tokens.identity);
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
    if (!(error instanceof AppError) || error.code !== "different_account") throw error;
    const known = await deps.connections.findOwn(caller.token);
    const details = {
      account_name: account.name,
      account_email: account.email,
      current_account_name: known?.account_name ?? null,
      current_account_email: known?.account_email ?? null,
    };
    const [here, now] = [
      nameOf(account.name, account.email),
      nameOf(known?.account_name, known?.account_email),
    ];
    throw new AppError("different_account", {
      message:
        `${here} is another OneDrive account than ${now}, which was connected before. Videos stored there ` +
        `cannot be reached while ${here} is connected.`,
      details,
      cause: error,
    });
  }
}

function nameOf(name: string | null | undefined, email: string | null | undefined): string {
  return email ?? name ?? "the account";
}

function contextOf(caller: Caller, column: string) {
  return { userId: caller.id, provider: PROVIDER, column };
}
