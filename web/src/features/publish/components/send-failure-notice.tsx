import { useEffect, useRef } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { formatTime } from "../../../lib/format-time.ts";
import { toLocal } from "../../../lib/zoned-time.ts";
import type { SendFailure } from "../rules/describe-send-failure.ts";

interface SendFailureNoticeProps {
  failure: SendFailure;
  timeZone: string;
  isBusy: boolean;
  onPostAgain: () => void;
  onTakeTime: (localTime: string) => void;
}

const MINUTE_MS = 60_000;

/** Why the post was not taken, with the button that goes on. Everything typed stays. */
export function SendFailureNotice(props: SendFailureNoticeProps) {
  const { failure, timeZone, isBusy, onPostAgain, onTakeTime } = props;
  const { title, message, isDuplicate, nextFreeAt } = failure;
  // A form takes whole minutes; the earlier one would still lie in the full day.
  const free = nextFreeAt && new Date(Math.ceil(nextFreeAt.getTime() / MINUTE_MS) * MINUTE_MS);
  const box = useRef<HTMLDivElement>(null);
  // The button that was pressed stands still below the form, which may be scrolled anywhere.
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" });
  }, [message]);
  return (
    <div ref={box} className="scroll-m-5">
      <Notice
        tone={isDuplicate || free ? "warning" : "danger"}
        title={title}
        isUrgent
        action={isDuplicate
          ? <Button size="sm" isBusy={isBusy} onClick={onPostAgain}>Post again</Button>
          : free && (
            <Button size="sm" onClick={() => onTakeTime(toLocal(free, timeZone))}>
              Take {formatTime(free, timeZone)}
            </Button>
          )}
      >
        {message}
      </Notice>
    </div>
  );
}
