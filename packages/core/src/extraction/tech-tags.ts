import { wordCounter } from "./word-finder";

// What a technology is called, and its tag. Ordinary words need what makes them a product beside them.
const table: ReadonlyArray<readonly [tag: string, words: string]> = [
  ["windows", "Windows(?: (?:10|11|Server|Defender|XP|7|8))?"],
  ["linux", "Linux|Ubuntu|Debian|Red Hat|CentOS"],
  ["macos", "macOS|OS X|Mac OS"],
  ["android", "Android"],
  ["ios", "iOS|iPhone|iPad"],
  ["active-directory", "Active Directory|Kerberos|Kerberoast\\w*"],
  ["exchange", "(?:Microsoft )?Exchange Server|Exchange Online|ProxyShell|ProxyLogon"],
  ["sharepoint", "SharePoint"],
  ["office", "Microsoft Office|Microsoft Word|Microsoft Excel|Outlook|Office 365|Microsoft 365"],
  ["azure", "Azure|Entra ID"],
  ["aws", "AWS|Amazon Web Services|Amazon S3"],
  ["google-cloud", "Google Cloud|GCP"],
  ["chrome", "Google Chrome|Chrome extensions?|Chromium"],
  ["firefox", "Firefox"],
  ["vmware", "VMware|ESXi|vCenter|vSphere"],
  ["citrix", "Citrix|NetScaler"],
  ["fortinet", "Fortinet|FortiOS|FortiGate|FortiManager|FortiWeb"],
  ["ivanti", "Ivanti|Pulse Secure"],
  ["palo-alto", "PAN-OS|GlobalProtect"],
  ["cisco", "Cisco (?:ASA|IOS|IOS XE|Adaptive|Firepower|ISE|routers?|switches|devices)|Cisco"],
  ["sonicwall", "SonicWall"],
  ["f5", "BIG-IP"],
  ["juniper", "Juniper|Junos"],
  ["confluence", "Confluence|Atlassian"],
  ["moveit", "MOVEit"],
  ["screenconnect", "ScreenConnect|ConnectWise"],
  ["solarwinds", "SolarWinds"],
  ["wordpress", "WordPress"],
  ["magento", "Magento|Adobe Commerce"],
  ["apache", "Apache (?:HTTP|Struts|Tomcat|Log4j|OFBiz|ActiveMQ|\\w+)|Log4j|Log4Shell"],
  ["docker", "Docker"],
  ["kubernetes", "Kubernetes"],
  ["github", "GitHub Actions|GitHub repositor\\w+"],
  ["npm", "npm"],
  ["pypi", "PyPI"],
  ["sap", "SAP (?:NetWeaver|S/4HANA|\\w+)"],
  ["oracle", "Oracle (?:WebLogic|E-Business|Cloud|\\w+)"],
  ["powershell", "PowerShell"],
  ["vba", "VBA|macros?"],
  ["rdp", "RDP|Remote Desktop"],
  ["iot", "IoT|DVRs?|IP cameras?"],
  ["router", "routers?|SOHO"],
  ["ics", "SCADA|PLCs?|ICS|industrial control systems?"],
  ["ai", "AI|LLMs?|ChatGPT|Copilot|generative AI"],
  ["telegram", "Telegram"],
  ["discord", "Discord"],
  ["mimikatz", "Mimikatz"],
  ["psexec", "PsExec"],
  ["impacket", "Impacket"],
  ["anydesk", "AnyDesk"],
  ["teamviewer", "TeamViewer"],
  ["rclone", "Rclone"],
  ["ngrok", "ngrok"],
  ["cobalt-strike", "Cobalt ?Strike"],
  ["metasploit", "Metasploit|Meterpreter"],
  ["java", "Java (?:applets?|archives?|\\d+)|JAR files?"],
  ["php", "PHP"],
  ["python", "Python"],
  ["nodejs", "Node\\.js"],
  ["blockchain", "blockchain|smart contracts?|cryptocurrenc(?:y|ies)|Ethereum|Bitcoin"],
];
const count = wordCounter(
  table.map(([, words]) => new RegExp(`(?<![\\p{L}\\p{N}_./-])(?:${words})(?![\\p{L}\\p{N}_]|\\.[\\p{L}\\p{N}])`, "u")),
);

const most = 8;

/** Technologies that an article names in its title, or twice in its text; the most named first. */
export function findTechTags(title: string, text: string): string[] {
  const [inTitle, inText] = [count(title), count(text)];
  return table
    .map(([tag], index) => ({ tag, points: 3 * (inTitle[index] ?? 0) + (inText[index] ?? 0) }))
    .filter(({ points }) => points >= 2)
    .sort((a, b) => b.points - a.points)
    .slice(0, most)
    .map(({ tag }) => tag);
}
