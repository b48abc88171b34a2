import { Clapperboard, House, ListChecks, type LucideIcon, Package, Settings } from "lucide-react";
import type { LinkProps } from "@tanstack/react-router";

export interface NavItem {
  to: LinkProps["to"];
  label: string;
  icon: LucideIcon;
  isExact?: boolean;
}

/** The places of the app, in the order of a working day. */
export const NAV_ITEMS: readonly NavItem[] = [
  { to: "/", label: "Home", icon: House, isExact: true },
  { to: "/products", label: "Products", icon: Package },
  { to: "/videos", label: "Videos", icon: Clapperboard },
  { to: "/tasks", label: "Tasks", icon: ListChecks },
  { to: "/settings", label: "Settings", icon: Settings },
];
