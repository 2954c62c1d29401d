import { Page } from "../../components/ui/page";

export function IocsPage() {
  return <Page title="IOCs">{null}</Page>;
}
