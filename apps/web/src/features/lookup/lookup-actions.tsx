import { Button, CopyButton, Group, Menu } from "@mantine/core";
import { IconBookmarkPlus, IconCheck, IconDownload, IconEye, IconLink, IconShieldCheck } from "@tabler/icons-react";
import type { LookupData } from "@tocsin/core/lookup";
import { useState } from "react";
import { GatedButton } from "../../components/ui/gated-button";
import { useMe, whyNot } from "../../lib/me";
import { saveFile } from "../../lib/save-file";
import { SeenDialog } from "./seen-dialog";
import { VerdictDialog } from "./verdict-dialog";
import { WatchDialog } from "./watch-dialog";

/** What can be done with the value: watch it, say that it was seen or what it is, share and take away the answer. */
export function LookupActions({ data }: { data: LookupData }) {
  const [dialog, setDialog] = useState<"watch" | "verdict" | "seen" | null>(null);
  const forbidden = whyNot(useMe(), "indicators:write");
  const close = () => setDialog(null);
  const link = `${window.location.origin}/lookup?${new URLSearchParams({ value: data.ioc_value })}`;
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        leftSection={<IconBookmarkPlus size={15} />}
        disabled={data.ioc_type === "mitre_attack"}
        onClick={() => setDialog("watch")}
      >
        Watch
      </Button>
      <GatedButton
        size="xs"
        variant="default"
        leftSection={<IconShieldCheck size={15} />}
        forbidden={forbidden}
        onClick={() => setDialog("verdict")}
      >
        Harmless or malicious
      </GatedButton>
      <GatedButton
        size="xs"
        variant="default"
        leftSection={<IconEye size={15} />}
        forbidden={forbidden}
        onClick={() => setDialog("seen")}
      >
        Seen here
      </GatedButton>
      <CopyButton value={link} timeout={1500}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            variant="default"
            leftSection={copied ? <IconCheck size={15} /> : <IconLink size={15} />}
            onClick={copy}
          >
            {copied ? "Link copied" : "Share link"}
          </Button>
        )}
      </CopyButton>
      <ExportMenu data={data} />
      {dialog === "watch" && <WatchDialog value={data.ioc_value} onClose={close} />}
      {dialog === "verdict" && <VerdictDialog value={data.ioc_value} onClose={close} />}
      {dialog === "seen" && <SeenDialog value={data.ioc_value} onClose={close} />}
    </Group>
  );
}

function ExportMenu({ data }: { data: LookupData }) {
  const save = (text: string, type: string, extension: string) =>
    saveFile(new Blob([text], { type }), `${data.ioc_value.replace(/[^\w.-]+/g, "_").slice(0, 80)}.${extension}`);
  const { sigma, splunk_query, kql_query, elastic_esql } = data.hunting;
  const queries = `# Splunk\n${splunk_query}\n\n# KQL\n${kql_query}\n\n# ES|QL\n${elastic_esql}\n`;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={15} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => save(JSON.stringify(data, null, 2), "application/json", "json")}>
          The answer as JSON
        </Menu.Item>
        {sigma && <Menu.Item onClick={() => save(sigma, "application/yaml", "yml")}>The Sigma rule</Menu.Item>}
        <Menu.Item onClick={() => save(queries, "text/plain", "txt")}>The hunting queries</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
