import { Alert, Text } from "@mantine/core";
import { IconWorldOff } from "@tabler/icons-react";
import { AnchorLink } from "../../components/ui/links";
import { Time } from "../../components/ui/time";
import type { Overview } from "./first-steps";

/** One sentence in place of a failure for each feed, while none can be reached. */
export function OfflineAlert({ network }: { network: Overview["network"] }) {
  if (!network.offline) return null;
  return (
    <Alert color="yellow" icon={<IconWorldOff size={18} />} title="No feed can be reached" role="status">
      <Text size="sm" component="div">
        This server has reached none of its <AnchorLink to="/feeds">feeds</AnchorLink>
        {network.since && (
          <>
            {" "}
            (first failure <Time value={network.since} />)
          </>
        )}
        : check its network
        {network.proxy ? ` and the proxy (${network.proxy})` : " or set a proxy (HTTPS_PROXY)"}, read feeds from a
        folder (TOCSIN_FEED_MIRROR), or work with the sample data. Feeds are tried less often until one answers.
      </Text>
    </Alert>
  );
}
