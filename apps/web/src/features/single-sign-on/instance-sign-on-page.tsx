import { Page } from "../../components/ui/page";
import { ProviderPanel } from "./provider-panel";

/** Single sign-on of the instance, for operators. */
export function InstanceSignOnPage() {
  return (
    <Page note="One identity provider for all workspaces of this instance.">
      <ProviderPanel of="instance" forbidden={null} />
    </Page>
  );
}
