import { Link } from "@tanstack/react-router";
import { CircleCheck, CloudOff, HardDrive, Link2, ListChecks, Megaphone, Video } from "lucide-react";
import type { OnedriveStatus } from "../../../../supabase/functions/_shared/contracts/onedrive.ts";
import { Button } from "../../components/ui/button.tsx";
import { Card, Section } from "../../components/ui/card.tsx";
import { ConnectButton } from "../../features/onedrive/components/connect-button.tsx";
import type { Overview } from "../../features/overview/api/get-overview.ts";
import { AttentionItem } from "../../features/overview/components/attention-item.tsx";
import { count } from "../../lib/count.ts";

interface HomeAttentionProps {
  /** Undefined when it could not be read; nothing is said about it then. */
  onedrive: OnedriveStatus | undefined;
  overview: Overview;
  pendingTasks: number;
  /** Posts that go on only when their user does something. */
  stoppedPosts: number;
}

/** The list of things that wait, most urgent first. */
export function HomeAttention({ onedrive, overview, pendingTasks, stoppedPosts }: HomeAttentionProps) {
  const status = onedrive ? onedrive.connection?.status ?? "disconnected" : "connected";
  const isOff = status !== "connected" && status !== "expiring";
  const isFull = ["critical", "exceeded"].includes(onedrive?.connection?.quota?.state ?? "");
  const { waitingProducts, unlinkedVideos } = overview;
  const isCalm = !isOff && !isFull && pendingTasks + stoppedPosts === 0 &&
    waitingProducts.length + unlinkedVideos.length === 0;
  return (
    <Section title="Needs attention">
      <Card>
        <ul className="divide-y">
          {isOff && (
            <AttentionItem
              icon={CloudOff}
              tone="danger"
              title={status === "disconnected"
                ? "OneDrive is not connected"
                : "OneDrive wants you to sign in again"}
              action={
                <ConnectButton>{status === "disconnected" ? "Connect OneDrive" : "Reconnect"}</ConnectButton>
              }
            >
              Nothing can be uploaded or played until then.
            </AttentionItem>
          )}
          {isFull && (
            <AttentionItem
              icon={HardDrive}
              tone="warning"
              title="Your OneDrive is nearly full"
              action={
                <Button asChild>
                  <Link to="/settings/onedrive">See the space</Link>
                </Button>
              }
            />
          )}
          {stoppedPosts > 0 && (
            <AttentionItem
              icon={Megaphone}
              tone="danger"
              title={`${count(stoppedPosts, "post")} ${stoppedPosts === 1 ? "needs" : "need"} you`}
              action={
                <Button asChild look="primary">
                  <Link to="/posts" search={{ view: "attention" }}>See what to do</Link>
                </Button>
              }
            >
              Each one says what stopped it, with the button that lets it go on.
            </AttentionItem>
          )}
          {pendingTasks > 0 && (
            <AttentionItem
              icon={ListChecks}
              title={`${count(pendingTasks, "task")} to upload on Amazon`}
              action={
                <Button asChild look="primary">
                  <Link to="/tasks">Open tasks</Link>
                </Button>
              }
            >
              Grouped by video, so that you download each one once.
            </AttentionItem>
          )}
          {waitingProducts.map((product) => (
            <AttentionItem
              key={product.id}
              icon={Video}
              tone="info"
              title={<span className="line-clamp-1">{product.title}</span>}
              action={
                <Button asChild>
                  <Link to="/products/$productId" params={{ productId: product.id }}>Upload a video</Link>
                </Button>
              }
            >
              <span className="code">{product.asin}</span> has no video yet
            </AttentionItem>
          ))}
          {unlinkedVideos.length > 0 && (
            <AttentionItem
              icon={Link2}
              tone="info"
              title="Videos without a product"
              action={
                <Button asChild>
                  <Link to="/videos" search={{ show: "unlinked" }}>Link them</Link>
                </Button>
              }
            >
              <span className="line-clamp-1">
                {unlinkedVideos.map(({ filename }) => filename).join(", ")}
              </span>
            </AttentionItem>
          )}
          {isCalm && (
            <AttentionItem icon={CircleCheck} title="Nothing waits for you" action={null}>
              Every product has a video and every task is done.
            </AttentionItem>
          )}
        </ul>
      </Card>
    </Section>
  );
}
