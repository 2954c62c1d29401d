import type { ReactNode } from "react";
import { curlLine } from "../../components/key/curl";
import { ButtonLink } from "../../components/ui/links";
import { StoredOnce } from "../../components/ui/stored-once";

type Props = {
  id: string;
  name: string;
  secret: string;
  /** What the server says about it. */
  warning?: string | undefined;
  onStored: () => void;
  children?: ReactNode;
};

/** The secret of a key that was just made or rotated. */
export function SecretOnce({ id, name, secret, warning, onStored, children }: Props) {
  const said = warning ?? "Only a hash of it is kept here, so nobody can read it again.";
  return (
    <StoredOnce
      name={name}
      secret={secret}
      copyLabel="Copy key"
      advice={`${said} Put it into a secret store, not into a chat or a ticket.`}
      example={curlLine(window.location.origin, secret)}
      onward={
        <ButtonLink to="/keys/$keyId" params={{ keyId: id }} variant="default" onClick={onStored}>
          Show details
        </ButtonLink>
      }
      onStored={onStored}
    >
      {children}
    </StoredOnce>
  );
}
