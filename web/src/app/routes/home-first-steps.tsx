import { Link } from "@tanstack/react-router";
import { Button } from "../../components/ui/button.tsx";
import { ConnectButton } from "../../features/onedrive/components/connect-button.tsx";
import { FirstSteps } from "../../features/overview/components/first-steps.tsx";
import type { Overview } from "../../features/overview/api/get-overview.ts";

interface HomeFirstStepsProps {
  isConnected: boolean;
  overview: Overview;
  pendingTasks: number;
}

/** What a new account does first. */
export function HomeFirstSteps({ isConnected, overview, pendingTasks }: HomeFirstStepsProps) {
  const product = overview.waitingProducts[0];
  return (
    <FirstSteps
      steps={[
        {
          title: "Connect your OneDrive",
          text: "Your videos are kept there, in your own account.",
          isDone: isConnected,
          action: <ConnectButton />,
        },
        {
          title: "Add a product",
          text: "Its ASIN and a title are enough to begin with.",
          isDone: overview.hasProducts,
          action: (
            <Button asChild look="primary">
              <Link to="/products" search={{ add: true }}>Add a product</Link>
            </Button>
          ),
        },
        {
          title: "Upload its video",
          text: "Drop the file on the product's page. Large files resume where they stopped.",
          isDone: overview.latestVideos.length > 0,
          action: product && (
            <Button asChild look="primary">
              <Link to="/products/$productId" params={{ productId: product.id }}>Open the product</Link>
            </Button>
          ),
        },
        {
          title: "Work through the tasks",
          text: "Each marketplace and each related ASIN becomes one task that shows the video.",
          isDone: false,
          action: pendingTasks > 0 && (
            <Button asChild look="primary">
              <Link to="/tasks">See the tasks</Link>
            </Button>
          ),
        },
      ]}
    />
  );
}
