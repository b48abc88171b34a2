import { zodResolver } from "@hookform/resolvers/zod";
import { useId } from "react";
import { Controller, useForm } from "react-hook-form";
import { MARKETPLACES } from "../../../../../supabase/functions/_shared/contracts/marketplaces.ts";
import { MarketplaceChecks } from "../../../components/marketplace-checks.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog } from "../../../components/ui/dialog.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { readMarketplace } from "../../../lib/amazon-address.ts";
import { type NewProduct, newProductSchema, useAddProduct } from "../api/add-product.ts";

interface AddProductDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** Marketplaces of the user's profile, ticked to begin with. */
  defaultMarketplaces: NewProduct["enabledMarketplaces"];
  onAdded: (id: string) => void;
}

export function AddProductDialog(props: AddProductDialogProps) {
  const formId = useId();
  const addProduct = useAddProduct();
  return (
    <Dialog
      isOpen={props.isOpen}
      onOpenChange={props.onOpenChange}
      title="Add a product"
      description="You can fill in the rest on its page."
      footer={
        <>
          <Button onClick={() => props.onOpenChange(false)}>Cancel</Button>
          <Button type="submit" form={formId} look="primary" isBusy={addProduct.isPending}>
            Add product
          </Button>
        </>
      }
    >
      <AddProductForm
        {...props}
        formId={formId}
        failure={addProduct.error?.message}
        onSubmit={(form) => addProduct.mutate(form, { onSuccess: ({ id }) => props.onAdded(id) })}
      />
    </Dialog>
  );
}

interface AddProductFormProps {
  formId: string;
  defaultMarketplaces: NewProduct["enabledMarketplaces"];
  failure: string | undefined;
  onSubmit: (form: NewProduct) => void;
}

function AddProductForm({ formId, defaultMarketplaces, failure, onSubmit }: AddProductFormProps) {
  const { register, control, handleSubmit, setValue, formState: { errors } } = useForm({
    resolver: zodResolver(newProductSchema),
    defaultValues: {
      asin: "",
      marketplace: defaultMarketplaces[0] ?? "US",
      title: "",
      brand: "",
      enabledMarketplaces: defaultMarketplaces,
    },
  });
  return (
    <form id={formId} noValidate className="grid gap-4" onSubmit={handleSubmit(onSubmit)}>
      {failure && <Notice tone="danger" isUrgent>{failure}</Notice>}
      <div className="grid grid-cols-[minmax(0,1fr)_7rem] gap-3">
        <Field label="ASIN" error={errors.asin?.message}>
          {(field) => (
            <Input
              {...field}
              {...register("asin", {
                // A pasted address tells the marketplace as well.
                onChange: ({ target }) => {
                  const marketplace = readMarketplace(target.value);
                  if (marketplace) setValue("marketplace", marketplace);
                },
              })}
              placeholder="B0… or the product's address"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
            />
          )}
        </Field>
        <Field label="Amazon">
          {(field) => (
            <Select {...field} {...register("marketplace")}>
              {MARKETPLACES.map((marketplace) => <option key={marketplace}>{marketplace}</option>)}
            </Select>
          )}
        </Field>
      </div>
      <Field label="Title" error={errors.title?.message}>
        {(field) => <Input {...field} {...register("title")} autoComplete="off" />}
      </Field>
      <Field label="Brand" isOptional error={errors.brand?.message}>
        {(field) => <Input {...field} {...register("brand")} autoComplete="off" />}
      </Field>
      <Controller
        control={control}
        name="enabledMarketplaces"
        render={({ field }) => (
          <MarketplaceChecks
            legend="Make tasks for"
            hint="A video of this product becomes one task in each."
            error={errors.enabledMarketplaces?.message}
            value={field.value}
            onChange={field.onChange}
          />
        )}
      />
    </form>
  );
}
