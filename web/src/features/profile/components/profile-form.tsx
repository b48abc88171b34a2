import { zodResolver } from "@hookform/resolvers/zod";
import { Controller, useForm } from "react-hook-form";
import { toast } from "sonner";
import { z } from "zod";
import { MARKETPLACES } from "../../../../../supabase/functions/_shared/contracts/marketplaces.ts";
import { MarketplaceChecks } from "../../../components/marketplace-checks.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Card } from "../../../components/ui/card.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Select } from "../../../components/ui/select.tsx";
import type { Profile } from "../api/get-profile.ts";
import { useUpdateProfile } from "../api/update-profile.ts";

const profileFormSchema = z.object({
  displayName: z.string().trim().max(100, "Use at most 100 characters."),
  timeZone: z.string().min(1),
  marketplaces: z.array(z.enum(MARKETPLACES)).min(1, "Choose at least one marketplace."),
});

const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

/** Name, time zone and the marketplaces new products start with. */
export function ProfileForm({ profile }: { profile: Profile }) {
  const update = useUpdateProfile(profile.user_id);
  const { register, control, handleSubmit, reset, formState } = useForm({
    resolver: zodResolver(profileFormSchema),
    values: {
      displayName: profile.display_name ?? "",
      timeZone: profile.time_zone,
      marketplaces: MARKETPLACES.filter((each) => profile.enabled_marketplaces.includes(each)),
    },
    resetOptions: { keepDirtyValues: true },
  });
  const save = handleSubmit((form) =>
    update.mutate({
      display_name: form.displayName || null,
      time_zone: form.timeZone,
      enabled_marketplaces: form.marketplaces,
    }, {
      onSuccess: () => {
        reset(form);
        toast.success("Profile saved");
      },
    })
  );
  const zones = ZONES.includes(profile.time_zone) ? ZONES : [profile.time_zone, ...ZONES];
  return (
    <Card>
      <form noValidate onSubmit={save}>
        <div className="grid gap-5 px-5 py-5 sm:grid-cols-2">
          <Field label="Display name" isOptional error={formState.errors.displayName?.message}>
            {(field) => <Input {...field} {...register("displayName")} autoComplete="name" />}
          </Field>
          <Field label="Time zone">
            {(field) => (
              <Select {...field} {...register("timeZone")}>
                {zones.map((zone) => <option key={zone} value={zone}>{zone.replaceAll("_", " ")}</option>)}
              </Select>
            )}
          </Field>
          <Controller
            control={control}
            name="marketplaces"
            render={({ field }) => (
              <MarketplaceChecks
                legend="Marketplaces"
                hint="What a new product starts with. Each product can differ."
                error={formState.errors.marketplaces?.message}
                value={field.value}
                onChange={field.onChange}
              />
            )}
          />
        </div>
        <footer className="flex justify-end border-t px-5 py-3.5">
          <Button type="submit" look="primary" disabled={!formState.isDirty} isBusy={update.isPending}>
            Save changes
          </Button>
        </footer>
      </form>
    </Card>
  );
}
