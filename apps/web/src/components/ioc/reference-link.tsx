import { Anchor, Text } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { defang } from "./defang";
import { safeReference } from "./reference";

/** Leads to what a feed says about an IOC; what might lead to the IOC itself stays text. */
export function ReferenceLink({ reference, value }: { reference: string; value: string }) {
  const link = safeReference(reference, value);
  if (!link) {
    return (
      <Text span size="sm" c="dimmed" className="mono wrap-anywhere">
        {defang("url", reference)}
      </Text>
    );
  }
  return (
    <Anchor size="sm" href={link.href} target="_blank" rel="noopener noreferrer nofollow" title={link.href}>
      {link.host} <IconExternalLink size={13} style={{ verticalAlign: "-2px" }} aria-label="(opens in a new tab)" />
    </Anchor>
  );
}
