import { useQuery } from "@tanstack/react-query";
import { useNavigate, useRouteContext } from "@tanstack/react-router";
import { ChevronsUpDown, LogOut, Monitor, Moon, Settings, Sun, User } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Menu, MenuChoice, MenuChoices, MenuItem, MenuLabel, MenuLine } from "../../components/ui/menu.tsx";
import { profileOptions } from "../../features/profile/api/get-profile.ts";
import { getTheme, setTheme, subscribeToTheme, type Theme } from "../../lib/theme.ts";
import { supabase } from "../../lib/supabase.ts";

/** Who is signed in; profile, colours and the way out. */
export function AccountMenu({ isCompact }: { isCompact?: boolean }) {
  const { session } = useRouteContext({ from: "/_app" });
  const { data: profile } = useQuery(profileOptions);
  const theme = useSyncExternalStore(subscribeToTheme, getTheme);
  const navigate = useNavigate();
  const email = session.user.email ?? "";
  const name = profile?.display_name ?? email;
  const initial = <Initial name={name} />;

  return (
    <Menu
      align={isCompact ? "end" : "start"}
      trigger={isCompact
        ? (
          <button
            type="button"
            aria-label="Your account and settings"
            className="-mr-1.5 grid size-11 place-items-center rounded-full"
          >
            {initial}
          </button>
        )
        : (
          <button
            type="button"
            className="flex w-full items-center gap-3 rounded-lg px-2 py-1.5 text-left hover:bg-sunken"
          >
            {initial}
            <span className="sr-only">Your account:</span>
            <span className="grid min-w-0 grow leading-4.5">
              <span className="truncate text-xs font-[550]">{name}</span>
              {name !== email && <span className="truncate text-xs text-ink-faint">{email}</span>}
            </span>
            <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
          </button>
        )}
    >
      {isCompact
        ? (
          <MenuItem onSelect={() => navigate({ to: "/settings" })}>
            <Settings aria-hidden /> Settings
          </MenuItem>
        )
        : (
          <MenuItem onSelect={() => navigate({ to: "/settings/profile" })}>
            <User aria-hidden /> Profile
          </MenuItem>
        )}
      <MenuLine />
      <MenuLabel>Colours</MenuLabel>
      <MenuChoices value={theme} onValueChange={(value) => setTheme(value as Theme)}>
        <MenuChoice value="system">
          <Monitor aria-hidden /> System
        </MenuChoice>
        <MenuChoice value="light">
          <Sun aria-hidden /> Light
        </MenuChoice>
        <MenuChoice value="dark">
          <Moon aria-hidden /> Dark
        </MenuChoice>
      </MenuChoices>
      <MenuLine />
      <MenuItem onSelect={() => supabase.auth.signOut({ scope: "local" })}>
        <LogOut aria-hidden /> Sign out
      </MenuItem>
    </Menu>
  );
}

function Initial({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      className="grid size-8 shrink-0 place-items-center rounded-full bg-[#123c2b] text-xs font-[650] text-[#c9ee4f] uppercase dark:ring-1 dark:ring-line-strong"
    >
      {name.slice(0, 1)}
    </span>
  );
}
