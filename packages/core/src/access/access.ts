import type { Format } from "./formats";
import type { ManageScope } from "./manage-scopes";
import type { Right } from "./roles";
import type { Scope } from "./scopes";

/** Who may call a route, as data on the route. */
export type Access =
  | { readonly by: "open" }
  /** A signed-in session; `right` is what their role must allow, `operator` asks for the instance's operator. */
  | { readonly by: "session"; readonly right?: Right; readonly operator?: true }
  /** An API key with `scope`; `format` must be in its tier; `cost` is its weight in requests, of `weighed` ones the least: the transport
   *  charges them when it has read how much they ask for. */
  | {
      readonly by: "key";
      readonly scope: Scope;
      readonly format?: Format;
      readonly cost: number;
      readonly weighed?: true;
    }
  /** A management token with `scope`. */
  | { readonly by: "token"; readonly scope: ManageScope };
