import { useQuery } from "@tanstack/react-query";
import { GitFork, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { Card, Section } from "../../../components/ui/card.tsx";
import { EmptyState } from "../../../components/ui/empty-state.tsx";
import { Skeleton } from "../../../components/ui/skeleton.tsx";
import { correlationListOptions } from "../api/list-correlations.ts";
import { AddCorrelationsDialog } from "./add-correlations-dialog.tsx";
import { CorrelationRow } from "./correlation-row.tsx";

interface CorrelationListProps {
  productId: string;
  productAsin: string;
  renderVideo: (asin: string) => ReactNode;
}

/** The other ASINs a product's video fits. */
export function CorrelationList({ productId, productAsin, renderVideo }: CorrelationListProps) {
  const [isAdding, setAdding] = useState(false);
  const { data: correlations } = useQuery({ ...correlationListOptions(productId), throwOnError: true });
  const addButton = (
    <Button size="sm" onClick={() => setAdding(true)}>
      <Plus aria-hidden /> Add ASINs
    </Button>
  );
  return (
    <Section
      title="Related ASINs"
      note={correlations?.length}
      actions={correlations && correlations.length > 0 && addButton}
    >
      {!correlations && <Skeleton className="h-24 rounded-xl" />}
      {correlations?.length === 0 && (
        <EmptyState icon={GitFork} title="One video, several ASINs" isCompact action={addButton}>
          Other colours, sizes or bundles of this product can show the same video. Add their ASINs and each
          gets tasks that follow this product's primary video.
        </EmptyState>
      )}
      {correlations && correlations.length > 0 && (
        <Card>
          <ul aria-label="Related ASINs" className="divide-y">
            {correlations.map((each) => (
              <CorrelationRow key={each.id} correlation={each} video={renderVideo(each.asin)} />
            ))}
          </ul>
        </Card>
      )}
      {isAdding && (
        <AddCorrelationsDialog
          productId={productId}
          taken={[productAsin, ...(correlations ?? []).map(({ asin }) => asin)]}
          onClose={() => setAdding(false)}
        />
      )}
    </Section>
  );
}
