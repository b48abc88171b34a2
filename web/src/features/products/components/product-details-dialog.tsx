import { zodResolver } from "@hookform/resolvers/zod";
import { useId } from "react";
import { Controller, useForm } from "react-hook-form";
import { toast } from "sonner";
import { MarketplaceChecks } from "../../../components/marketplace-checks.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog } from "../../../components/ui/dialog.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Textarea } from "../../../components/ui/textarea.tsx";
import type { Product } from "../api/get-product.ts";
import { productFormSchema, toProductForm, toProductPatch } from "../api/product-form.ts";
import { useUpdateProduct } from "../api/update-product.ts";

export function ProductDetailsDialog({ product, onClose }: { product: Product; onClose: () => void }) {
  const formId = useId();
  const update = useUpdateProduct(product.id);
  const { register, control, handleSubmit, formState: { errors } } = useForm({
    resolver: zodResolver(productFormSchema),
    defaultValues: toProductForm(product),
  });
  const save = handleSubmit((form) =>
    update.mutate(toProductPatch(form), {
      onSuccess: () => {
        toast.success("Details saved");
        onClose();
      },
    })
  );
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Edit details"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} look="primary" isBusy={update.isPending}>Save</Button>
        </>
      }
    >
      <form id={formId} noValidate className="grid gap-4 sm:grid-cols-6" onSubmit={save}>
        <Field label="Title" className="sm:col-span-6" error={errors.title?.message}>
          {(field) => <Input {...field} {...register("title")} />}
        </Field>
        <Field
          label="Video title"
          isOptional
          hint="What viewers read on Amazon. The product's title stands in when this is empty."
          className="sm:col-span-6"
          error={errors.videoTitle?.message}
        >
          {(field) => <Input {...field} {...register("videoTitle")} />}
        </Field>
        <Field label="Brand" isOptional className="sm:col-span-3" error={errors.brand?.message}>
          {(field) => <Input {...field} {...register("brand")} />}
        </Field>
        <Field label="Category" isOptional className="sm:col-span-3" error={errors.category?.message}>
          {(field) => <Input {...field} {...register("category")} />}
        </Field>
        <Field label="Price" isOptional className="sm:col-span-2" error={errors.price?.message}>
          {(field) => <Input {...field} {...register("price")} inputMode="decimal" className="tabular" />}
        </Field>
        <Field label="Currency" className="sm:col-span-1" error={errors.currency?.message}>
          {(field) => <Input {...field} {...register("currency")} maxLength={3} />}
        </Field>
        <Field label="Picture address" isOptional className="sm:col-span-3" error={errors.imageUrl?.message}>
          {(field) => <Input {...field} {...register("imageUrl")} type="url" placeholder="https://" />}
        </Field>
        <div className="sm:col-span-6">
          <Controller
            control={control}
            name="enabledMarketplaces"
            render={({ field }) => (
              <MarketplaceChecks
                legend="Make tasks for"
                error={errors.enabledMarketplaces?.message}
                value={field.value}
                onChange={field.onChange}
              />
            )}
          />
        </div>
        <Field label="Notes" isOptional className="sm:col-span-6" error={errors.notes?.message}>
          {(field) => <Textarea {...field} {...register("notes")} rows={4} />}
        </Field>
      </form>
    </Dialog>
  );
}
