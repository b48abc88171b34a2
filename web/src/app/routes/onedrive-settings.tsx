import { OnedriveCard } from "../../features/onedrive/components/onedrive-card.tsx";

export function OnedriveSettings() {
  return <OnedriveCard />;
}
