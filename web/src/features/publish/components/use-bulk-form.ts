import { useEffect, useRef, useState } from "react";
import type { PublishConnection } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { useStartBulk } from "../api/start-bulk.ts";
import { buildBulk } from "../rules/build-bulk.ts";
import { checkSpread, type SpreadDraft } from "../rules/bulk-draft.ts";
import { checkDraft } from "../rules/check-draft.ts";
import { describeSendFailure } from "../rules/describe-send-failure.ts";
import type { PostDraft } from "../rules/post-draft.ts";
import { startDraft, suggestTime } from "../rules/start-draft.ts";

interface Options {
  videoIds: readonly string[];
  accounts: readonly PublishConnection[];
  timeZone: string;
  onSent: (bulkId: string) => void;
}

/** The state of the form for many videos: texts, spread, problems once it was submitted, and its request. */
export function useBulkForm({ videoIds, accounts, timeZone, onSent }: Options) {
  const formRef = useRef<HTMLFormElement>(null);
  const [tries, setTries] = useState(0);
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID());
  const [draft, setDraft] = useState<PostDraft>(() => startDraft(accounts, "{video_title}", timeZone));
  const [spread, setSpread] = useState<SpreadDraft>(() => ({
    kind: "now",
    amount: "1",
    unit: "days",
    timeZone,
    localTime: suggestTime(timeZone),
  }));
  const send = useStartBulk(idempotencyKey);
  const chosen = accounts.filter(({ id }) => draft.connectionIds.includes(id));
  const found = { ...checkDraft(draft, chosen) };
  const foundInSpread = checkSpread(spread);
  const isWrong = Object.keys({ ...found, ...foundInSpread }).length > 0;

  useEffect(() => {
    if (tries > 0) formRef.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [tries]);

  const forgetFailure = () => send.error && send.reset();
  return {
    formRef,
    draft,
    spread,
    chosen,
    problems: tries > 0 ? found : {},
    spreadProblems: tries > 0 ? foundInSpread : {},
    failure: send.error && describeSendFailure(send.error),
    isBusy: send.isPending,
    onChange: (part: Partial<PostDraft>) => {
      forgetFailure();
      setDraft({ ...draft, ...part });
    },
    onChangeSpread: (part: Partial<SpreadDraft>) => {
      forgetFailure();
      setSpread({ ...spread, ...part });
    },
    onSubmit: () => {
      setTries(tries + 1);
      if (send.isPending || isWrong) return;
      send.mutate(buildBulk(videoIds, draft, spread, chosen), {
        onSuccess: ({ id }) => onSent(id),
        onError: (error) => describeSendFailure(error).needsNewKey && setKey(crypto.randomUUID()),
      });
    },
  };
}
