import type { Hunt } from "./hunting";
import { esqlString, kqlString, splString } from "./literals";
import { esqlQuery, kqlQuery, splQuery, type Table } from "./queries";

type HashType = "md5" | "sha1" | "sha256" | "sha512";

export function huntHash(type: HashType, value: string): Hunt {
  const column = type.toUpperCase();
  const name = type === "md5" ? "MD5" : type.replace("sha", "SHA-");
  const held = type !== "sha512";
  return {
    guidance:
      `Look for the ${name} in endpoint telemetry (files written, processes started, libraries loaded), in mail attachments and ` +
      "in sandbox results. A file that was only written may not have run; a process start with it did. A hash names one exact " +
      "file, so no hit clears nothing: look for the same file name, signer or parent process as well." +
      (held
        ? ""
        : " Windows event sources record no SHA-512; compute it on the host, or hunt by another hash of the file.") +
      (type === "md5" || type === "sha1" ? ` Collisions of ${name} can be made: confirm a hit by SHA-256.` : ""),
    // The bare term finds the hash in any field, also in Sysmon's list of hashes.
    splunk: splQuery(splString(value)),
    kql: kqlQuery([`ioc = ${kqlString(value)}`], hashTables(type)),
    esql: esqlQuery(
      "logs-*",
      [`WHERE file.hash.${type} == ${esqlString(value)} OR process.hash.${type} == ${esqlString(value)}`],
      "host.name",
    ),
    rule: held
      ? {
          title: `Process Start Of File With ${name} ${value.slice(0, 16)}`,
          description: `A process started from the file with the ${name} ${value}.`,
          logsource: { category: "process_creation", product: "windows" },
          selections: [["Hashes|contains", `${column}=${value.toUpperCase()}`]],
          falsePositives: "Legitimate tools that intruders use too, such as remote administration software",
          tactic: "execution",
        }
      : null,
  };
}

/** Tables that hold files by a hash of the type; Defender's have no SHA-512. */
function hashTables(type: HashType): Table[] {
  const column = type.toUpperCase();
  const endpoint = (table: string, detail: string): Table => ({
    name: table,
    time: "Timestamp",
    steps: [`where ${column} =~ ioc`],
    device: "DeviceName",
    account: "InitiatingProcessAccountName",
    detail,
  });
  const endpoints = [
    endpoint("DeviceFileEvents", 'strcat(ActionType, " ", FolderPath)'),
    endpoint("DeviceProcessEvents", "ProcessCommandLine"),
    endpoint("DeviceImageLoadEvents", "FolderPath"),
  ];
  return [
    ...(type === "sha512" ? [] : endpoints),
    ...(type === "sha256" ? [mailAttachments] : []),
    {
      name: "CommonSecurityLog",
      time: "TimeGenerated",
      steps: ["where FileHash =~ ioc or OldFileHash =~ ioc"],
      device: "Computer",
      account: "SourceUserName",
      detail: 'strcat(DeviceProduct, " ", FileName)',
    },
  ];
}

const mailAttachments: Table = {
  name: "EmailAttachmentInfo",
  time: "Timestamp",
  steps: ["where SHA256 =~ ioc"],
  device: "SenderFromAddress",
  account: "RecipientEmailAddress",
  detail: "FileName",
};

export function huntEmail(value: string): Hunt {
  // Domains have no case and mailboxes none in practice.
  const lower = value.toLowerCase();
  const spl = splString(lower);
  const esql = esqlString(lower);
  return {
    guidance:
      "Look in mail gateway and mailbox logs for messages from the address, in the envelope and in the header, for replies to it " +
      "and for forwarding rules that name it. Senders are forged with ease: read the SPF, DKIM and DMARC results before blaming " +
      "the mailbox. List who received, opened and clicked, and take the messages back.",
    splunk: splQuery(
      "tag=email",
      `lower(src_user)=${spl} OR lower(sender)=${spl} OR isnotnull(mvfilter(lower(recipient)=${spl}))`,
    ),
    kql: kqlQuery(
      [`ioc = ${kqlString(value)}`],
      [
        {
          name: "EmailEvents",
          time: "Timestamp",
          steps: ["where SenderFromAddress =~ ioc or SenderMailFromAddress =~ ioc or RecipientEmailAddress =~ ioc"],
          device: "SenderIPv4",
          account: "RecipientEmailAddress",
          detail: 'strcat(DeliveryAction, " ", SenderFromAddress, " ", Subject)',
        },
        {
          name: "OfficeActivity",
          time: "TimeGenerated",
          steps: [
            'where Operation in ("New-InboxRule", "Set-InboxRule", "Set-Mailbox")',
            "where tostring(Parameters) contains ioc",
          ],
          device: "ClientIP",
          account: "UserId",
          detail: "tostring(Parameters)",
        },
      ],
    ),
    esql: esqlQuery(
      "logs-*",
      [`WHERE TO_LOWER(email.from.address) == ${esql} OR TO_LOWER(email.sender.address) == ${esql}`],
      "email.to.address",
    ),
    rule: null,
  };
}

export function huntCve(value: string): Hunt {
  return {
    guidance:
      "Ask the vulnerability inventory which hosts run an affected version, those that face the internet first, and patch or " +
      "shield them. A vulnerable host is not a compromised one: for exploitation look at what the affected service started, " +
      "wrote and connected to since the day the flaw was published.",
    splunk: [
      `| tstats count latest(_time) as last_seen from datamodel=Vulnerabilities where Vulnerabilities.cve=${splString(value)} by Vulnerabilities.dest Vulnerabilities.signature Vulnerabilities.severity`,
      "| rename Vulnerabilities.* as *",
      "| convert ctime(last_seen)",
      "| sort severity dest",
    ].join("\n"),
    kql: [
      `let ioc = ${kqlString(value)};`,
      "DeviceTvmSoftwareVulnerabilities",
      "| where CveId =~ ioc",
      "| join kind=leftouter (",
      "    DeviceTvmSoftwareVulnerabilitiesKB",
      "    | project CveId, CvssScore, IsExploitAvailable, PublishedDate",
      "  ) on CveId",
      "| project DeviceName, OSPlatform, SoftwareVendor, SoftwareName, SoftwareVersion, VulnerabilitySeverityLevel, CvssScore, IsExploitAvailable, PublishedDate, RecommendedSecurityUpdate",
      "| order by DeviceName asc",
    ].join("\n"),
    esql: esqlQuery("logs-*", [`WHERE vulnerability.id == ${esqlString(value)}`], "host.name"),
    rule: null,
  };
}
