import { Link } from "@tanstack/react-router";
import { Check, Trash2 } from "lucide-react";
import { Button } from "../../../components/ui/button.tsx";
import { Tooltip } from "../../../components/ui/tooltip.tsx";
import { cn } from "../../../lib/cn.ts";
import type { Notice } from "../api/list-notices.ts";
import { lookOf } from "../rules/notice-look.ts";
import { toLink } from "../rules/to-link.ts";

const TONES = {
  success: "bg-success-soft text-success",
  danger: "bg-danger-soft text-danger",
  warning: "bg-warning-soft text-warning",
  info: "bg-info-soft text-info",
};

interface NoticeRowProps {
  notice: Notice;
  timeZone: string;
  onRead: () => void;
  onRemove: () => void;
}

/** One notice: what happened, when, and the way there. Following it reads it. */
export function NoticeRow({ notice, timeZone, onRead, onRemove }: NoticeRowProps) {
  const { icon: Icon, tone, word } = lookOf(notice.kind);
  const isUnread = notice.read_at === null;
  const time = new Date(notice.created_at).toLocaleTimeString("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
  });
  return (
    <li className="relative grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-3.5 px-4 py-3.5 sm:px-5">
      <span className={cn("row-span-2 grid size-9 place-items-center rounded-full", TONES[tone])}>
        <Icon aria-hidden className="size-4.5" />
        <span className="sr-only">{word}</span>
      </span>
      <div className="min-w-0 max-sm:col-span-2">
        <p className={cn("flex items-baseline gap-2", isUnread ? "font-[620]" : "font-[480]")}>
          {isUnread && <span className="sr-only">Unread:</span>}
          {notice.link_path
            ? (
              <Link
                {...toLink(notice.link_path)}
                onClick={isUnread ? onRead : undefined}
                className="min-w-0 rounded break-words hover:underline"
              >
                {notice.title}
              </Link>
            )
            : <span className="min-w-0 break-words">{notice.title}</span>}
          {isUnread && <span aria-hidden className="size-2 shrink-0 self-center rounded-full bg-progress" />}
        </p>
        {notice.body && <p className="mt-0.5 break-words whitespace-pre-line text-ink-soft">{notice.body}</p>}
      </div>
      <p className="tabular col-start-2 mt-0.5 text-xs text-ink-faint max-sm:self-center">
        <time dateTime={notice.created_at}>{time}</time>
      </p>
      <div className="col-start-3 -mr-1.5 flex items-start max-sm:-mb-2 sm:row-span-2 sm:row-start-1">
        {isUnread && (
          <Tooltip text="Mark as read">
            <Button look="quiet" size="icon-sm" aria-label={`Mark as read: ${notice.title}`} onClick={onRead}>
              <Check aria-hidden />
            </Button>
          </Tooltip>
        )}
        <Tooltip text="Remove">
          <Button look="quiet" size="icon-sm" aria-label={`Remove: ${notice.title}`} onClick={onRemove}>
            <Trash2 aria-hidden />
          </Button>
        </Tooltip>
      </div>
    </li>
  );
}
