import type { LookupFunction } from "node:net";
import { isPublicAddress } from "../values";
import { type Resolve, resolveAll } from "./public-host";

type Options = {
  /** Whether addresses that are not on the open internet may be connected to. */
  privateTargets: boolean;
  resolve?: Resolve | undefined;
  /** The error for a name that leads to one. */
  closed: (host: string) => Error;
};

/**
 * Resolves a name and checks every address of it; to those alone the connection goes, so that an answer of the DNS that
 * changes in between leads nowhere else. Node asks it nothing about what is an address already.
 */
export function checkedLookup({ privateTargets, resolve = resolveAll, closed }: Options): LookupFunction {
  return (host, options, done) => {
    resolve(host).then(
      (addresses) => {
        const [first] = addresses;
        if (!first) return done(new Error("The name has no address."), "");
        if (!privateTargets && !addresses.every(({ address }) => isPublicAddress(address))) {
          return done(closed(host), "");
        }
        if (options.all) done(null, [...addresses]);
        else done(null, first.address, first.family);
      },
      (error: Error) => done(error, ""),
    );
  };
}
