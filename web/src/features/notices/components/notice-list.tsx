import { useInfiniteQuery } from "@tanstack/react-query";
import { BellRing, CheckCheck } from "lucide-react";
import { useRef } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { Card, Section } from "../../../components/ui/card.tsx";
import { EmptyState } from "../../../components/ui/empty-state.tsx";
import { Skeleton } from "../../../components/ui/skeleton.tsx";
import { noticeListOptions } from "../api/list-notices.ts";
import { useNoticeChanges } from "../api/use-notice-changes.ts";
import { groupByDay } from "../rules/group-by-day.ts";
import { NoticeRow } from "./notice-row.tsx";

/** What the user was told, day by day. */
export function NoticeList({ timeZone }: { timeZone: string }) {
  const list = useInfiniteQuery({ ...noticeListOptions, throwOnError: (_e, query) => !query.state.data });
  const { read, remove } = useNoticeChanges();
  const box = useRef<HTMLDivElement>(null);
  const notices = list.data?.pages.flat();
  if (!notices) return <Skeleton className="h-64 rounded-xl" />;
  if (notices.length === 0) {
    return (
      <EmptyState icon={BellRing} title="Nothing new">
        Here you read when a post is out, when something keeps one from going out, and what to do about it.
      </EmptyState>
    );
  }
  /** The row goes: the focus moves to the list, not to nowhere. */
  const removeRow = (id: string) => {
    remove.mutate(id);
    box.current?.focus();
  };
  return (
    <div ref={box} tabIndex={-1} aria-label="Notices by day" role="group" className="grid gap-7 outline-none">
      {groupByDay(notices, timeZone).map(({ key, label, items }, index) => (
        <Section
          key={key}
          title={label}
          actions={index === 0 && notices.some(({ read_at }) => read_at === null) && (
            <Button size="sm" onClick={() => (read.mutate(null), box.current?.focus())}>
              <CheckCheck aria-hidden /> Mark all as read
            </Button>
          )}
        >
          <Card>
            <ul className="divide-y">
              {items.map((notice) => (
                <NoticeRow
                  key={notice.id}
                  notice={notice}
                  timeZone={timeZone}
                  onRead={() => read.mutate(notice.id)}
                  onRemove={() =>
                    removeRow(notice.id)}
                />
              ))}
            </ul>
          </Card>
        </Section>
      ))}
      {list.hasNextPage && (
        <Button
          className="justify-self-center"
          isBusy={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          Show older ones
        </Button>
      )}
    </div>
  );
}
