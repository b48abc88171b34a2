import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { Card } from "../../../components/ui/card.tsx";
import { Checkbox } from "../../../components/ui/checkbox.tsx";
import { Skeleton } from "../../../components/ui/skeleton.tsx";
import { type NoticePreference, preferencesOptions } from "../api/list-preferences.ts";
import { useUpdatePreference } from "../api/update-preference.ts";
import { compareGroups, wordsOf } from "../rules/preference-words.ts";

/** Two switches for each kind of news: in the app, by mail. */
export function PreferenceList() {
  const { data } = useQuery({ ...preferencesOptions, throwOnError: (_e, query) => !query.state.data });
  if (!data) return <Skeleton className="h-72 rounded-xl" />;
  return (
    <Card>
      <ul className="divide-y">
        {data.toSorted((one, other) => compareGroups(one.kind_group, other.kind_group)).map((preference) => (
          <PreferenceRow key={preference.kind_group} preference={preference} />
        ))}
      </ul>
    </Card>
  );
}

function PreferenceRow({ preference }: { preference: NoticePreference }) {
  const { kind_group: group, in_app, by_mail } = preference;
  const update = useUpdatePreference();
  const id = useId();
  const { title, description } = wordsOf(group);
  return (
    <li>
      <div
        role="group"
        aria-labelledby={id}
        aria-describedby={`${id}-text`}
        className="flex flex-wrap items-center justify-between gap-x-8 gap-y-2 px-5 py-4"
      >
        <div className="min-w-0 flex-1 basis-64">
          <h3 id={id} className="font-[550]">{title}</h3>
          <p id={`${id}-text`} className="mt-0.5 text-ink-soft">{description}</p>
        </div>
        <div className="flex gap-5">
          <Checkbox
            label="In the app"
            className="max-sm:min-h-11 max-sm:items-center"
            checked={in_app}
            onChange={({ target }) => update.mutate({ group, patch: { in_app: target.checked } })}
          />
          <Checkbox
            label="Mail"
            className="max-sm:min-h-11 max-sm:items-center"
            checked={by_mail}
            onChange={({ target }) => update.mutate({ group, patch: { by_mail: target.checked } })}
          />
        </div>
      </div>
    </li>
  );
}
