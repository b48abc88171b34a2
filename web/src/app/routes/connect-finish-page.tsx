import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Logo } from "../../components/logo.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Notice } from "../../components/ui/notice.tsx";
import { FailureGuide } from "../../features/connections/components/failure-guide.tsx";
import { FinishAccount } from "../../features/connections/components/finish-account.tsx";
import { FinishConnection } from "../../features/onedrive/components/finish-connection.tsx";
import { announceConnection } from "../../lib/connection-channel.ts";
import { namePlatform } from "../../lib/platform-names.ts";
import { supabase } from "../../lib/supabase.ts";
import { takeConsentAnswer } from "../take-consent-answer.ts";

// Taken once, when this page's code is loaded: what stands in the address works only once.
const answer = takeConsentAnswer();
const isOnedrive = answer.provider === "onedrive";
const settings = isOnedrive ? "/settings/onedrive" : "/settings/accounts";

/** Where every provider's consent page ends. Runs in the small window, or in the tab that could not open one. */
export function ConnectFinishPage() {
  const navigate = useNavigate();
  const [isSignedIn, setSignedIn] = useState<boolean | null>(null);
  useEffect(() => void supabase.auth.getSession().then(({ data }) => setSignedIn(data.session !== null)), []);

  // The page that opened this window says it too: it stays when this one is closed.
  useEffect(() => {
    if (isSignedIn && answer.kind === "failed") {
      announceConnection(answer.provider, answer.message, answer.code);
    }
  }, [isSignedIn]);

  const leave = () => {
    globalThis.close();
    // A tab that no script opened stays open; it goes on to the settings.
    void navigate({ to: settings, replace: true });
  };

  return (
    <main id="main" className="mx-auto grid min-h-dvh max-w-lg content-center gap-8 px-6 text-center">
      <span className="justify-self-center">
        <Logo />
      </span>
      <h1 className="sr-only">Connecting your account</h1>
      <div className="text-left">
        {isSignedIn === false && (
          <Notice
            tone="warning"
            title="Sign in first"
            isUrgent
            action={
              <Button
                size="sm"
                onClick={() => navigate({ to: "/sign-in", search: { next: settings } })}
              >
                Sign in
              </Button>
            }
          >
            Then start connecting again from the settings.
          </Notice>
        )}
        {isSignedIn && answer.kind === "failed" && (
          <Notice
            tone="warning"
            title={`${isOnedrive ? "OneDrive" : namePlatform(answer.provider)} was not connected`}
            isUrgent
            action={<Button size="sm" onClick={leave}>Back to the settings</Button>}
          >
            <div className="grid gap-1.5">
              <p>{answer.message}</p>
              {!isOnedrive && <FailureGuide code={answer.code} provider={answer.provider} />}
            </div>
          </Notice>
        )}
        {isSignedIn && answer.kind === "granted" && isOnedrive && (
          <FinishConnection code={answer.code} state={answer.state} onDone={leave} onGiveUp={leave} />
        )}
        {isSignedIn && answer.kind === "granted" && !isOnedrive && (
          <FinishAccount {...answer} onDone={leave} onGiveUp={leave} />
        )}
      </div>
    </main>
  );
}
