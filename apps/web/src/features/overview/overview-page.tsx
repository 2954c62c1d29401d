import { Page } from "../../components/ui/page";

export function OverviewPage() {
  return <Page title="Overview">{null}</Page>;
}
