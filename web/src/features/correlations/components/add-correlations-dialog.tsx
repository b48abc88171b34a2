import { useId, useState } from "react";
import { toast } from "sonner";
import {
  type Marketplace,
  MARKETPLACES,
} from "../../../../../supabase/functions/_shared/contracts/marketplaces.ts";
import { Badge } from "../../../components/ui/badge.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Checkbox } from "../../../components/ui/checkbox.tsx";
import { Dialog } from "../../../components/ui/dialog.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { Textarea } from "../../../components/ui/textarea.tsx";
import { count } from "../../../lib/count.ts";
import { MARKETPLACE_NAMES } from "../../../lib/marketplace-names.ts";
import { parseAsins } from "../../../lib/parse-asins.ts";
import { useAddCorrelations } from "../api/add-correlations.ts";

interface AddCorrelationsDialogProps {
  productId: string;
  /** ASINs that cannot be added: the product's own and those in the list. */
  taken: readonly string[];
  onClose: () => void;
}

/** Adds one ASIN or a pasted list of them. */
export function AddCorrelationsDialog({ productId, taken, onClose }: AddCorrelationsDialogProps) {
  const formId = useId();
  const [text, setText] = useState("");
  const [marketplace, setMarketplace] = useState<Marketplace | null>(null);
  const [isAccepted, setAccepted] = useState(true);
  const add = useAddCorrelations(productId);

  const parsed = parseAsins(text);
  const fresh = parsed.asins.filter((asin) => !taken.includes(asin));
  const known = parsed.asins.filter((asin) => taken.includes(asin));

  const submit = () =>
    add.mutate({ asins: fresh, marketplace, isAccepted }, {
      onSuccess: () => {
        toast.success(`${count(fresh.length, "ASIN")} added`);
        onClose();
      },
    });

  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Add related ASINs"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            look="primary"
            disabled={fresh.length === 0}
            isBusy={add.isPending}
          >
            {fresh.length > 1 ? `Add ${fresh.length} ASINs` : "Add ASIN"}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field
          label="ASINs"
          hint="One or many, separated by spaces, commas or lines. Amazon addresses work as well."
        >
          {(field) => (
            <Textarea
              {...field}
              value={text}
              onChange={(event) => setText(event.target.value)}
              rows={4}
              spellCheck={false}
              autoFocus
              className="code"
            />
          )}
        </Field>
        {text.trim() && (
          <div role="status" className="flex flex-wrap gap-1.5">
            {fresh.map((asin) => <Badge key={asin} tone="success" className="code">{asin}</Badge>)}
            {known.map((asin) => <Badge key={asin}>{asin} is here already</Badge>)}
            {parsed.rejected.map((piece) => (
              <Badge key={piece} tone="danger" className="max-w-full">
                <span className="truncate">{piece}</span> is no ASIN
              </Badge>
            ))}
          </div>
        )}
        <Field label="Sold in">
          {(field) => (
            <Select
              {...field}
              value={marketplace ?? ""}
              onChange={(event) => setMarketplace((event.target.value || null) as Marketplace | null)}
            >
              <option value="">Every marketplace of the product</option>
              {MARKETPLACES.map((each) => (
                <option key={each} value={each}>{MARKETPLACE_NAMES[each]} only</option>
              ))}
            </Select>
          )}
        </Field>
        <Checkbox
          label="Accept right away"
          description="Makes their tasks now. Otherwise they wait for your decision."
          checked={isAccepted}
          onChange={(event) => setAccepted(event.target.checked)}
        />
      </form>
    </Dialog>
  );
}
