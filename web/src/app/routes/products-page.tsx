import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { PackagePlus, Plus, SearchX } from "lucide-react";
import { MARKETPLACES } from "../../../../supabase/functions/_shared/contracts/marketplaces.ts";
import { ShowMore } from "../../components/show-more.tsx";
import { Button } from "../../components/ui/button.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { PageHeader } from "../../components/ui/page-header.tsx";
import { productListOptions } from "../../features/products/api/list-products.ts";
import { AddProductDialog } from "../../features/products/components/add-product-dialog.tsx";
import { ProductFilters } from "../../features/products/components/product-filters.tsx";
import { ProductListSkeleton } from "../../features/products/components/product-list-skeleton.tsx";
import { ProductList } from "../../features/products/components/product-list.tsx";
import { profileOptions } from "../../features/profile/api/get-profile.ts";
import { videoPreviewsOptions } from "../../features/videos/api/list-previews.ts";
import { ProductVideosCell } from "../../features/videos/components/product-videos-cell.tsx";

const route = getRouteApi("/_app/products");

export function ProductsPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/products" });
  const filters = { search: search.q, statusId: search.status };
  const list = useInfiniteQuery({
    ...productListOptions(filters),
    throwOnError: (_e, query) => !query.state.data,
  });
  const products = list.data?.pages.flat();
  const { data: previews } = useQuery(videoPreviewsOptions(products?.map(({ id }) => id) ?? []));
  const { data: profile, isPending: isProfilePending } = useQuery(profileOptions);
  const marketplaces = MARKETPLACES.filter((each) =>
    profile?.enabled_marketplaces.includes(each) ?? each === "US"
  );
  const isFiltered = Boolean(search.q || search.status);
  const isEmpty = products?.length === 0 && !isFiltered;

  const setAdding = (add: boolean) =>
    navigate({ search: (previous) => ({ ...previous, add: add || undefined }), replace: true });
  const addButton = (
    <Button look="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden /> Add product
    </Button>
  );

  return (
    <>
      <PageHeader
        title="Products"
        description="What you review, from the first contact to the video on Amazon."
        actions={!isEmpty && addButton}
      />
      {!isEmpty && (
        <ProductFilters
          filters={filters}
          onChange={(change) =>
            navigate({
              search: (previous) => ({
                ...previous,
                ...("search" in change && { q: change.search }),
                ...("statusId" in change && { status: change.statusId }),
              }),
              replace: true,
            })}
        />
      )}
      {!products && <ProductListSkeleton />}
      {products?.length === 0 && isFiltered && (
        <EmptyState
          icon={SearchX}
          title="No product matches"
          action={<Button onClick={() => navigate({ search: {}, replace: true })}>Show all products</Button>}
        >
          Search looks at titles, ASINs and brands.
        </EmptyState>
      )}
      {isEmpty && (
        <EmptyState icon={PackagePlus} title="Your products live here" action={addButton}>
          A product is an ASIN you make a video for. Once its video is uploaded, its Amazon tasks appear by
          themselves.
        </EmptyState>
      )}
      {products && products.length > 0 && (
        <div className="grid gap-4" aria-busy={list.isPlaceholderData}>
          <ProductList
            products={products}
            renderVideos={(productId) => (
              <ProductVideosCell preview={previews?.get(productId)} isKnown={!!previews} />
            )}
          />
          <ShowMore list={list} />
        </div>
      )}
      {search.add && !isProfilePending && (
        <AddProductDialog
          isOpen
          onOpenChange={setAdding}
          defaultMarketplaces={marketplaces}
          onAdded={(productId) => navigate({ to: "/products/$productId", params: { productId } })}
        />
      )}
    </>
  );
}
