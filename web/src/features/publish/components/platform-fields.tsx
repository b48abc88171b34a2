import type { ReactNode } from "react";
import type { Platform } from "../../../../../supabase/functions/_shared/contracts/publish.ts";
import { PlatformMark } from "../../../components/platform-mark.tsx";
import { PLATFORM_NAMES } from "../../../lib/platform-names.ts";
import type { DraftFieldsProps } from "./draft-fields-props.ts";
import { FormatCheck } from "./format-check.tsx";
import { OwnTextFields } from "./own-text-fields.tsx";

interface PlatformFieldsProps extends DraftFieldsProps {
  platform: Platform;
  /** Its file is looked at; null for a video that is gone. */
  videoId: string | null;
  /** All platforms that can be chosen. */
  platforms: readonly Platform[];
  children: ReactNode;
}

/** What one platform alone asks for, whether it takes the file, and words of its own. */
export function PlatformFields({ platform, videoId, platforms, children, ...fields }: PlatformFieldsProps) {
  return (
    <fieldset className="rounded-xl bg-paper p-4 ring-1 ring-line ring-inset">
      <legend className="float-left mb-3 flex w-full items-center gap-2 font-[600]">
        <PlatformMark platform={platform} className="size-5" /> {PLATFORM_NAMES[platform]}
      </legend>
      <div className="clear-both grid gap-4 sm:grid-cols-2">
        {videoId && <FormatCheck videoId={videoId} platform={platform} platforms={platforms} />}
        {children}
        <OwnTextFields {...fields} platform={platform} />
      </div>
    </fieldset>
  );
}
