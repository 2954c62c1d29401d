// MITRE ATT&CK ids: T techniques, TA tactics, G groups, S software, C campaigns, M mitigations.
import type { Hunt } from "./hunting";
import { esqlString, kqlString, splString } from "./literals";
import { esqlQuery, kqlQuery, splQuery } from "./queries";

/** Tactics as Microsoft's alerts name them, without spaces. */
const tactics: Readonly<Record<string, string>> = {
  TA0043: "Reconnaissance",
  TA0042: "ResourceDevelopment",
  TA0001: "InitialAccess",
  TA0002: "Execution",
  TA0003: "Persistence",
  TA0004: "PrivilegeEscalation",
  TA0005: "DefenseEvasion",
  TA0006: "CredentialAccess",
  TA0007: "Discovery",
  TA0008: "LateralMovement",
  TA0009: "Collection",
  TA0010: "Exfiltration",
  TA0011: "CommandAndControl",
  TA0040: "Impact",
};

export function huntAttack(value: string): Hunt {
  const kind = kindOf(value);
  const tactic = tactics[value];
  const [word, alerts, sentinel] =
    kind === "technique"
      ? [value, "AttackTechniques has ioc", "Techniques has ioc or SubTechniques has ioc"]
      : tactic === undefined
        ? [value, "Title has ioc", "AlertName has ioc or Description has ioc or ExtendedProperties has ioc"]
        : [tactic, "Category =~ ioc", "Tactics has ioc"];
  return {
    guidance: guidance[kind],
    splunk: splQuery(
      `(index=notable OR index=risk) (annotations.mitre_attack=${splString(value)} OR annotations.mitre_attack=${splString(`${value}.*`)} OR ${splString(value)})`,
    ),
    kql: kqlQuery(
      [`ioc = ${kqlString(word)}`],
      [
        {
          name: "AlertInfo",
          time: "Timestamp",
          steps: [
            `where ${alerts}`,
            "join kind=leftouter (AlertEvidence | project AlertId, DeviceName, AccountName) on AlertId",
          ],
          device: "DeviceName",
          account: "AccountName",
          detail: 'strcat(Severity, " ", Title)',
        },
        {
          name: "SecurityAlert",
          time: "TimeGenerated",
          steps: [`where ${sentinel}`],
          device: "CompromisedEntity",
          account: '""',
          detail: 'strcat(AlertSeverity, " ", AlertName)',
        },
      ],
    ),
    esql: esqlOf(kind, value),
    rule: null,
  };
}

const kinds = { TA: "tactic", T: "technique", G: "group", S: "software", C: "campaign", M: "mitigation" } as const;
type Kind = (typeof kinds)[keyof typeof kinds];

function kindOf(value: string): Kind {
  const letters = value.replace(/[0-9.]/g, "");
  return letters in kinds ? kinds[letters as keyof typeof kinds] : "technique";
}

const actor =
  "Alerts rarely carry the id itself. Take the techniques and indicators that ATT&CK lists for it and hunt for those; the queries find alerts and events whose text or threat fields name it.";

const guidance: Readonly<Record<Kind, string>> = {
  technique:
    "A technique is a behaviour, not a value: list the alerts that are tagged with it, check which of your detections cover it, " +
    "and use the procedures and data sources that ATT&CK lists for it to hunt where none does.",
  tactic:
    "A tactic is an aim and too wide to hunt as such: list the alerts that are tagged with it, then narrow down to its techniques " +
    "and to hosts that show several tactics in a row.",
  group: actor,
  software: actor,
  campaign: actor,
  mitigation:
    "A mitigation leaves no trace in logs. Check instead whether it is in place, and hunt for the techniques that it answers.",
};

const alertIndex = ".alerts-security.alerts-*";

function esqlOf(kind: Kind, value: string): string {
  const text = esqlString(value);
  const equals = (from: string, field: string) =>
    esqlQuery(from, [`MV_EXPAND ${field}`, `WHERE ${field} == ${text}`], "host.name");
  const threat = "kibana.alert.rule.threat";
  switch (kind) {
    case "tactic":
      return equals(alertIndex, `${threat}.tactic.id`);
    case "technique":
      return equals(alertIndex, `${threat}.technique.${value.includes(".") ? "subtechnique." : ""}id`);
    case "group":
      return equals("logs-*", "threat.group.id");
    case "software":
      return equals("logs-*", "threat.software.id");
    default:
      return esqlQuery(alertIndex, [`WHERE kibana.alert.rule.name LIKE ${esqlString(`*${value}*`)}`], "host.name");
  }
}
