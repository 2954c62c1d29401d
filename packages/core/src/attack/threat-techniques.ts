/**
 * What a source's threat type says of techniques by itself. Only what the word means, not what often goes with it: an
 * "attacker" or a "blocklisted" address says nothing. Words are compared without case, and `-`, `_` and spaces alike.
 */
const table: ReadonlyArray<readonly [words: readonly string[], techniques: readonly string[]]> = [
  [["c2", "cc", "cnc", "c2 server", "c&c", "botnet cc", "botnet c2", "command and control"], ["T1071"]],
  [["malware download", "payload delivery", "malware distribution", "payload distribution"], ["T1105"]],
  [["phishing", "phish", "phishing site", "phishing url"], ["T1566"]],
  [["credential phishing", "credential harvesting"], ["T1598"]],
  [["ransomware", "ransom"], ["T1486"]],
  [["wiper"], ["T1485"]],
  [["scanner", "scanning", "scan", "port scan", "portscan", "reconnaissance"], ["T1595"]],
  [["bruteforce", "brute force", "bruteforce login", "ssh bruteforce", "sshpwauth"], ["T1110"]],
  [["ddos", "dos", "denial of service"], ["T1498"]],
  [["exploit kit", "exploitkit", "drive by", "watering hole"], ["T1189"]],
  [["cryptomining", "cryptojacking", "coinminer", "miner", "mining pool"], ["T1496.001"]],
  [["webshell", "web shell"], ["T1505.003"]],
  [["keylogger"], ["T1056.001"]],
  [["rootkit"], ["T1014"]],
  [["bootkit"], ["T1542.003"]],
  [["dga", "domain generation algorithm"], ["T1568.002"]],
  [["fast flux", "fastflux"], ["T1568.001"]],
  [["tor", "tor exit node", "tor node", "tor relay"], ["T1090.003"]],
  [["defacement"], ["T1491.002"]],
];

const byWord = new Map(table.flatMap(([words, techniques]) => words.map((word) => [word, techniques] as const)));
const none: readonly string[] = [];

/** Technique ids that a threat type means by itself; none for one that means no technique. */
export function techniquesOfThreat(threatType: string): readonly string[] {
  return (
    byWord.get(
      threatType
        .toLowerCase()
        .replace(/[-_\s]+/g, " ")
        .trim(),
    ) ?? none
  );
}
