import {
  type Marketplace,
  MARKETPLACES,
} from "../../../supabase/functions/_shared/contracts/marketplaces.ts";
import { MARKETPLACE_NAMES } from "../lib/marketplace-names.ts";
import { Checkbox } from "./ui/checkbox.tsx";

interface MarketplaceChecksProps {
  legend: string;
  hint?: string;
  error?: string;
  value: readonly string[];
  onChange: (value: Marketplace[]) => void;
}

/** Which Amazon marketplaces apply, in a fixed order. */
export function MarketplaceChecks({ legend, hint, error, value, onChange }: MarketplaceChecksProps) {
  const toggle = (marketplace: Marketplace) =>
    onChange(MARKETPLACES.filter((each) => (each === marketplace) !== value.includes(each)));
  return (
    <fieldset>
      <legend className="mb-1.5 font-[550]">{legend}</legend>
      <div className="grid grid-cols-2 gap-x-4 gap-y-1.5">
        {MARKETPLACES.map((marketplace) => (
          <Checkbox
            key={marketplace}
            label={MARKETPLACE_NAMES[marketplace]}
            checked={value.includes(marketplace)}
            onChange={() => toggle(marketplace)}
          />
        ))}
      </div>
      {error && <p role="alert" className="mt-1.5 text-xs text-danger">{error}</p>}
      {hint && <p className="mt-1.5 text-xs text-ink-faint">{hint}</p>}
    </fieldset>
  );
}
