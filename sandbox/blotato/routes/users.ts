import type { Hono } from "hono";
import { BlotatoFailure } from "../blotato-failure.ts";
import type { BlotatoEnv } from "../blotato-origin.ts";

/** Who the key belongs to, and the accounts connected there. */
export function addUserRoutes(app: Hono<BlotatoEnv>): void {
  app.get("/users/me", (c) => {
    const { id, name, subscriptionStatus } = c.var.user;
    return c.json({ id, email: `${name}@example.test`, subscriptionStatus });
  });

  app.get("/users/me/accounts", (c) => {
    const platform = c.req.query("platform");
    const { accounts } = c.var.user;
    return c.json({ items: accounts.filter((one) => platform === undefined || one.platform === platform) });
  });

  app.get("/users/me/accounts/:id/subaccounts", (c) => {
    if (!c.var.user.accounts.some(({ id }) => id === c.req.param("id"))) {
      throw new BlotatoFailure(404, "Account not found");
    }
    return c.json({ items: [] });
  });
}
