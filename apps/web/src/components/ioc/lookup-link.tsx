import { AnchorLink } from "../ui/links";

/** A value that leads to its lookup, on one line: what is too long is cut, and whole in the title. */
export function LookupLink({ value }: { value: string }) {
  return (
    <AnchorLink to="/lookup" search={{ value }} className="mono cut" display="block" size="sm" title={value}>
      {value}
    </AnchorLink>
  );
}
