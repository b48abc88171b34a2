import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "../../../components/ui/button.tsx";
import { Card } from "../../../components/ui/card.tsx";
import { ConfirmDialog } from "../../../components/ui/confirm-dialog.tsx";
import { Skeleton } from "../../../components/ui/skeleton.tsx";
import { useEndSession } from "../api/end-session.ts";
import { sessionsOptions } from "../api/list-sessions.ts";
import { SessionRow } from "./session-row.tsx";

/** Where the account is signed in, and ending what is not wanted. */
export function SessionsCard() {
  const { data } = useQuery({ ...sessionsOptions, throwOnError: (_e, query) => !query.state.data });
  const end = useEndSession();
  const [isAsking, setAsking] = useState(false);
  if (!data) return <Skeleton className="h-40 rounded-xl" />;
  const others = data.length - 1;
  const endOthers = () =>
    end.mutate(null, {
      onSuccess: () => toast.success("Every other device is signed out"),
      onSettled: () => setAsking(false),
    });
  return (
    <Card>
      <ul className="divide-y">
        {data.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            isBusy={end.isPending && end.variables === session.id}
            onEnd={() =>
              end.mutate(session.id, { onSuccess: () => toast.success("That device is signed out") })}
          />
        ))}
      </ul>
      {others > 0 && (
        <footer className="flex justify-end border-t px-5 py-3.5">
          <Button look="danger-quiet" onClick={() => setAsking(true)}>Sign out all other devices</Button>
        </footer>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={others === 1 ? "Sign out the other device?" : `Sign out ${others} other devices?`}
        description={<p>They have to sign in again. Uploads that run there stop and can be resumed.</p>}
        confirmLabel="Sign out"
        isDestructive
        isBusy={end.isPending}
        onConfirm={endOthers}
      />
    </Card>
  );
}
