import { addJobRoute } from "../../_shared/http/add-job-route.ts";
import type { App } from "../../_shared/http/create-app.ts";
import { deleteAccounts } from "../services/delete-accounts.ts";
import type { AccountDeps } from "../services/deps.ts";
import { sendMails } from "../services/send-mails.ts";
import { sweepObjects } from "../services/sweep-objects.ts";

/** Scheduled calls only. */
export function addInternalRoutes(app: App, deps: AccountDeps): void {
  addJobRoute(app, deps, {
    name: "delete-accounts",
    summary: "Goes on with accounts on their way out",
    run: () => deleteAccounts(deps),
  });
  addJobRoute(app, deps, {
    name: "sweep-objects",
    summary: "Removes stored objects of users who are gone",
    run: () => sweepObjects(deps),
  });
  addJobRoute(app, deps, {
    name: "send-mails",
    summary: "Sends mails that are due",
    run: () => sendMails(deps),
  });
}
