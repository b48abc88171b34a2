import { Check, MoreHorizontal, Trash2, X } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "../../../components/ui/badge.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Menu, MenuItem } from "../../../components/ui/menu.tsx";
import { useDecideCorrelation } from "../api/decide-correlation.ts";
import { useDeleteCorrelation } from "../api/delete-correlation.ts";
import type { Correlation } from "../api/list-correlations.ts";

interface CorrelationRowProps {
  correlation: Correlation;
  /** The video the ASIN's tasks show, as the caller knows it. */
  video: ReactNode;
}

/** A related ASIN, the decision on it, and the video it inherits. */
export function CorrelationRow({ correlation, video }: CorrelationRowProps) {
  const decide = useDecideCorrelation(correlation.product_id);
  const remove = useDeleteCorrelation(correlation.product_id);
  const { id, asin, status, marketplace } = correlation;
  const isBusy = decide.isPending || remove.isPending;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 grow basis-48">
        <p className="flex flex-wrap items-center gap-2">
          <span className="code font-[550]">{asin}</span>
          <Badge title="Marketplaces this ASIN is sold in">{marketplace ?? "all marketplaces"}</Badge>
          {status === "accepted" && (
            <Badge tone="success">
              <Check aria-hidden /> accepted
            </Badge>
          )}
          {status === "rejected" && <Badge tone="danger">rejected</Badge>}
        </p>
        {correlation.title && <p className="line-clamp-1 text-xs text-ink-faint">{correlation.title}</p>}
        {status === "accepted" && <div className="mt-0.5 text-xs text-ink-soft">{video}</div>}
      </div>
      <div className="flex items-center gap-1.5 max-sm:ml-auto">
        {status !== "rejected" && status !== "accepted" && (
          <Button
            look="quiet"
            size="sm"
            disabled={isBusy}
            aria-label={`Reject ${asin}`}
            onClick={() => decide.mutate({ id, status: "rejected" })}
          >
            <X aria-hidden /> Reject
          </Button>
        )}
        {status !== "accepted" && (
          <Button
            size="sm"
            disabled={isBusy}
            aria-label={`Accept ${asin}`}
            onClick={() => decide.mutate({ id, status: "accepted" })}
          >
            <Check aria-hidden /> Accept
          </Button>
        )}
        <Menu
          trigger={
            <Button look="quiet" size="icon-sm" aria-label={`More actions for ${asin}`}>
              <MoreHorizontal aria-hidden />
            </Button>
          }
        >
          {status === "accepted" && (
            <MenuItem onSelect={() => decide.mutate({ id, status: "rejected" })}>
              <X aria-hidden /> Reject
            </MenuItem>
          )}
          <MenuItem isDestructive onSelect={() => remove.mutate(id)}>
            <Trash2 aria-hidden /> Delete
          </MenuItem>
        </Menu>
      </div>
    </li>
  );
}
