import { Page } from "../../components/ui/page";

export function FeedsPage() {
  return <Page title="Feeds">{null}</Page>;
}
