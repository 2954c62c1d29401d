import { Alert, Modal, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { listFilters } from "../../components/ioc/ioc-query";
import type { IocSearch } from "../../components/ioc/ioc-search";
import { CopyBlock } from "../../components/ui/copy";
import { AnchorLink } from "../../components/ui/links";
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
  const most = plan.results_per_request;
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
          value={exportCurl(window.location.origin, listFilters(search, new Date()), shown, most)}
          label="Copy the command"
        />
        <Text size="sm">
          Put a key into <code>TOCSIN_KEY</code> first. Keys are made under <AnchorLink to="/keys">API keys</AnchorLink>
          .
        </Text>
        {search.q !== undefined && (
          <Alert color="gray" icon={<IconInfoCircle size={18} />}>
            The command gives the filtered list, not the search for “{search.q}”.
          </Alert>
        )}
        <Text size="xs" c="dimmed">
          {most === null
            ? "Your plan has no maximum: one answer holds everything."
            : `Your plan gives at most ${count(most)} indicators an answer; follow the header X-Next-Cursor with cursor= for the rest.`}
        </Text>
      </Stack>
    </Modal>
  );
}
