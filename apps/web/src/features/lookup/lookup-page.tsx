import { Page } from "../../components/ui/page";

export function LookupPage() {
  return <Page title="Lookup">{null}</Page>;
}
