import { Clapperboard, House, ListChecks, type LucideIcon, Megaphone, Package, Settings } from "lucide-react";
import type { LinkProps } from "@tanstack/react-router";

export interface NavItem {
  to: LinkProps["to"];
  label: string;
  icon: LucideIcon;
  isExact?: boolean;
  /** Behind the account's picture on small screens: a sixth tab would be too narrow for a thumb. */
  isInAccountMenu?: boolean;
}

/** The places of the app, in the order of a working day. */
export const NAV_ITEMS: readonly NavItem[] = [
  { to: "/", label: "Home", icon: House, isExact: true },
  { to: "/products", label: "Products", icon: Package },
  { to: "/videos", label: "Videos", icon: Clapperboard },
  { to: "/posts", label: "Posts", icon: Megaphone },
  { to: "/tasks", label: "Tasks", icon: ListChecks },
  { to: "/settings", label: "Settings", icon: Settings, isInAccountMenu: true },
];
