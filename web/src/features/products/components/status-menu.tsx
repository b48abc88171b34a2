import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { Button } from "../../../components/ui/button.tsx";
import { Menu, MenuChoice, MenuChoices } from "../../../components/ui/menu.tsx";
import { statusListOptions } from "../api/list-statuses.ts";
import { StatusDot } from "./status-dot.tsx";

interface StatusMenuProps {
  statusId: string | null;
  onChange: (statusId: string) => void;
}

/** Shows a product's status and changes it. */
export function StatusMenu({ statusId, onChange }: StatusMenuProps) {
  const { data: statuses = [] } = useQuery(statusListOptions);
  const current = statuses.find((status) => status.id === statusId);
  return (
    <Menu
      trigger={
        <Button aria-label={`Status: ${current?.name ?? "none"}. Change it`}>
          <StatusDot status={current} />
          <ChevronDown aria-hidden className="text-ink-faint" />
        </Button>
      }
    >
      <MenuChoices value={statusId ?? ""} onValueChange={onChange}>
        {statuses.map((status) => (
          <MenuChoice key={status.id} value={status.id}>
            <StatusDot status={status} />
          </MenuChoice>
        ))}
      </MenuChoices>
    </Menu>
  );
}
