import { may, useMe } from "../../lib/me";
import { ProviderPanel } from "./provider-panel";

/** Single sign-on of the workspace: owners set it, admins look. */
export function SingleSignOnSection() {
  const forbidden = may(useMe(), "sso:write")
    ? null
    : "Whoever sets the provider decides whom it lets in, so only an owner can do this.";
  return <ProviderPanel of="workspace" forbidden={forbidden} />;
}
