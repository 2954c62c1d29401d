import { queryOptions } from "@tanstack/react-query";
import { answered, auth } from "../../lib/auth";

export type Passkey = { id: string; name: string | null; createdAt: string | null; backedUp: boolean };

export const passkeysKey = ["account", "passkeys"];

/** The passkeys of whoever is signed in. */
export const passkeysQuery = queryOptions({
  queryKey: passkeysKey,
  queryFn: () => answered(auth.$fetch<Passkey[]>("/passkey/list-user-passkeys")),
});
