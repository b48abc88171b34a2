import type { Kit } from "../../kit/provider.ts";
import type { Account } from "../account.ts";
import type { Drive } from "../drive/drive.ts";
import { readQuota } from "../drive/quota.ts";

/** GET /me. Personal accounts have no `mail`. */
export function renderProfile(kit: Kit, account: Account) {
  const [givenName = account.displayName, ...surname] = account.displayName.split(" ");
  return {
    "@odata.context": `${kit.urls.MICROSOFT_GRAPH_URL}/v1.0/$metadata#users/$entity`,
    id: account.id,
    displayName: account.displayName,
    givenName,
    surname: surname.join(" ") || null,
    mail: account.kind === "business" ? account.email : null,
    userPrincipalName: account.email,
    jobTitle: null,
    mobilePhone: null,
    businessPhones: [],
    officeLocation: null,
    preferredLanguage: null,
  };
}

/** GET /me/drive. */
export function renderDrive(kit: Kit, account: Account, drive: Drive) {
  const isHidden = kit.settings.get("microsoft", "hide_quota", false);
  return {
    "@odata.context": `${kit.urls.MICROSOFT_GRAPH_URL}/v1.0/$metadata#drives/$entity`,
    id: account.driveId,
    driveType: account.kind,
    name: "OneDrive",
    owner: { user: { id: account.id, displayName: account.displayName } },
    webUrl: `${kit.urls.SANDBOX_URL}/microsoft/files/${encodeURI(account.name)}`,
    ...(isHidden ? {} : { quota: { ...readQuota(kit, account, drive), ...disguiseQuota(kit) } }),
  };
}

function disguiseQuota(kit: Kit) {
  const shown = kit.settings.get("microsoft", "quota_shown_as");
  return shown === null ? {} : { total: shown, remaining: shown, state: "normal" };
}
