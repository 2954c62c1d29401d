import type { ReactNode } from "react";
import { ButtonLink } from "../../components/ui/links";
import { NewSecret } from "../../components/ui/new-secret";
import { KeySnippets } from "./key-snippets";

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
export function NewKeySecret({ id, name, secret, warning, onStored, children }: Props) {
  const said = warning ?? "Only a hash of the key is stored, so it cannot be shown again.";
  return (
    <NewSecret
      name={name}
      secret={secret}
      copyLabel="Copy key"
      advice={`${said} Store it in a secret manager, not in a chat or a ticket.`}
      example={<KeySnippets secret={secret} />}
      onward={
        <ButtonLink to="/keys/$keyId" params={{ keyId: id }} variant="default" onClick={onStored}>
          Show details
        </ButtonLink>
      }
      onStored={onStored}
    >
      {children}
    </NewSecret>
  );
}
