import { Cloud, HardDriveUpload, Lock, Undo2 } from "lucide-react";
import { Card } from "../../../components/ui/card.tsx";
import { ConnectButton } from "./connect-button.tsx";

const POINTS = [
  {
    Icon: HardDriveUpload,
    title: "Straight from your disk",
    text:
      "Videos go from this browser into your own OneDrive, up to 250 GB each. They never pass through us.",
  },
  {
    Icon: Lock,
    title: "As little access as possible",
    text: "We ask to read your name and to read and write files. What we keep of the sign-in is encrypted.",
  },
  {
    Icon: Undo2,
    title: "Yours to end",
    text: "Disconnect whenever you like. The files stay where they are.",
  },
];

/** Says what connecting means, and does it. */
export function OnedriveIntroduction() {
  return (
    <Card className="overflow-hidden">
      <div className="flex flex-wrap items-center justify-between gap-4 px-5 py-5">
        <div className="flex items-center gap-3.5">
          <span className="grid size-11 shrink-0 place-items-center rounded-xl bg-info-soft text-info">
            <Cloud aria-hidden className="size-5" />
          </span>
          <div>
            <h2 className="text-base">Connect your OneDrive</h2>
            <p className="text-ink-soft">Personal, work and school accounts work alike.</p>
          </div>
        </div>
        <ConnectButton />
      </div>
      <ul className="grid gap-5 border-t bg-sunken/50 px-5 py-5 sm:grid-cols-3">
        {POINTS.map(({ Icon, title, text }) => (
          <li key={title}>
            <h3 className="flex items-center gap-2 text-sm">
              <Icon aria-hidden className="size-4 text-ink-faint" /> {title}
            </h3>
            <p className="mt-1 text-xs text-ink-soft">{text}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
