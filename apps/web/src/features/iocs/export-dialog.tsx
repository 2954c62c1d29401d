import { Alert, Modal, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { listFilters } from "../../components/ioc/ioc-query";
import type { IocSearch } from "../../components/ioc/ioc-search";
import { CopyBlock } from "../../components/ui/copy";
import { AnchorLink } from "../../components/ui/links";
import { instanceUrl } from "../../lib/base";
import { useMe } from "../../lib/me";
import { count } from "../../lib/numbers";
import { kindIn, kindsOf } from "../../lib/tables";
import { type ExportFormat, exportCurl, exportFormats } from "./export-curl";

type Props = {
  format: ExportFormat | null;
  search: IocSearch;
  onFormat: (format: ExportFormat) => void;
  onClose: () => void;
};

/** The request that gives the filtered list to a program. */
export function ExportDialog({ format, search, onFormat, onClose }: Props) {
  const { plan } = useMe().workspace;
  const maximum = plan.results_per_request;
  const shown = format ?? "csv";
  return (
    <Modal opened={format !== null} onClose={onClose} title="Export" size="lg">
      <Stack gap="sm">
        <SegmentedControl
          aria-label="Format"
          value={shown}
          onChange={(value) => onFormat(kindIn(exportFormats, value) ?? "csv")}
          data={kindsOf(exportFormats).map((value) => ({ value, label: value.toUpperCase() }))}
        />
        <Text size="sm" c="dimmed">
          {exportFormats[shown]}
        </Text>
        <CopyBlock
          value={exportCurl(instanceUrl, listFilters(search, new Date()), shown, maximum)}
          label="Copy command"
        />
        <Text size="sm">
          Set <code>TOCSIN_KEY</code> to an API key first. Keys are created under{" "}
          <AnchorLink to="/keys">API keys</AnchorLink>.
        </Text>
        {search.q !== undefined && (
          <Alert color="gray" icon={<IconInfoCircle size={18} />}>
            The command returns the filtered list, not the results of the search for “{search.q}”.
          </Alert>
        )}
        <Text size="xs" c="dimmed">
          {maximum === null
            ? "Your tier has no maximum: one response contains all indicators."
            : `Your tier allows at most ${count(maximum)} indicators per response. Pass the header X-Next-Cursor as cursor= to get the next ones.`}
        </Text>
      </Stack>
    </Modal>
  );
}
