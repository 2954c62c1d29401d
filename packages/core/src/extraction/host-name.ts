import { parse } from "tldts";

// Top-level domains outside the Public Suffix List that indicators (and samples of them) are written with:
// special-use names (RFC 2606, 7686) and those of other name systems.
const otherTlds = new Set(
  "example test onion i2p bit bazar emc coin lib chan libre geek pirate dyn oss null parody gopher indy neo fur eth crypto".split(
    " ",
  ),
);

// Extensions of files that are not top-level domains (so they never pass) need no list; these are both.
const commandExtensions = new Set([
  "zip",
  "mov",
  "sh",
  "py",
  "pl",
  "md",
  "rs",
  "ps",
  "mk",
  "pm",
  "cab",
  "java",
  "bin",
  "js",
  "ts",
  "ini",
  "scr",
  "so",
]);
const documentParts =
  /\.(?:pdf|docx?|xlsx?|pptx?|rtf|txt|csv|exe|dll|jpe?g|png|gif|bmp|iso|img|lnk|js|jse|vbs?|vbe|hta|html?|php|aspx?|jsp|bat|cmd|ps1|zip|rar|7z|gz|tar|xz|bz2|jar|war|apk|ipa|dmg|pkg|deb|rpm|war|ear|msi|scr|sys|tmp|log|dat|bin|min|wav|mp[34])\.[a-z]+$/i;

// What programmers call their files, and endings of theirs that are countries too.
const sourceFile =
  /^(?:main|mod|lib|build|index|script|config|setup|test|tests|types|utils|app|server|client|util|helper|module|exploit|payload|loader|shell|run|hello)\.(?:rs|pl|cc|in|ml|name|info|cs)$/;

// Before three or more labels these begin the name of a package, not of a host.
const packageRoots = new Set(
  "com org net io android androidx java javax kotlin kotlinx dalvik de fr uk it es ru cn kr jp br in co me tv info biz air edu gov dev app cc eu us".split(
    " ",
  ),
);

// Objects of scripts and fields of logs, and their members that are top-level domains too.
const codeObjects = new Set(
  `adodb agent app application array bot client cloud config connection console container context crypto data db destination device dns
  document email error event file form fs group host http java json location log math message module msxml2 navigator network
  node object observer os package parent path player process query registry request req res response result rule scripting self
  server service session shell socket source span std stream string sys system table target task thread threat this time trace
  transaction url user util utils var window winlog wmi wscript xml`.split(/\s+/),
);
const members = new Set(
  `abc app apps as at author be bin bio bot build by call cc click cloud codes company data date day design dev direct directory
  do domains download email events exchange exec fit fm foundation fun global group guide host id im in info is it link list live
  ls map me media menu mx my name network new next no now ns observer one page pages parts ph pid plus pm post press pro properties ps
  pub python re read ro rs run save search select services sh show site size so social space sql st stream style support
  systems tc team tel text th to today tools top tt tv type types ug uno us va vip watch web win work world wtf xml xyz zip zone`.split(
    /\s+/,
  ),
);

const hostShape = /^[\p{L}\p{N}_-]{1,63}(?:\.[\p{L}\p{N}_-]{1,63})+$/u;
const capital = /\p{Lu}/u;
const sentence = /^\p{Lu}\p{Ll}/u;

/** Whether a host that was written defanged can be one. `text` is plain, in the case in which it was written. */
export function isHostName(text: string): boolean {
  const host = text.toLowerCase();
  if (!hostShape.test(host) || host.length > 253) return false;
  if (documentParts.test(host) && commandExtensions.has(lastLabel(host))) return false;
  if (otherTlds.has(lastLabel(host))) return true;
  const options = { extractHostname: false, validateHostname: false } as const;
  const parsed = parse(host, { allowPrivateDomains: false, ...options });
  // A suffix where anyone gets a name, such as `pages.dev`, is nobody's.
  return parsed.isIcann === true && parse(host, { allowPrivateDomains: true, ...options }).domain !== null;
}

/** Whether a host that stands plainly in a text is surely meant as one: neither a file, code, package nor two sentences. */
export function isPlainHostName(text: string): boolean {
  const labels = text.split(".");
  const tld = labels.at(-1) ?? "";
  if (isProse(text, labels, tld) || isFile(text, tld) || isCode(text, labels, tld)) return false;
  if (otherTlds.has(tld.toLowerCase()) && tld !== "onion" && tld !== "bit") return false;
  return isHostName(text);
}

/** The end of a sentence and the beginning of the next. */
function isProse(text: string, labels: readonly string[], tld: string): boolean {
  if (text !== text.toUpperCase() && capital.test(tld)) return true;
  return labels.slice(1).some((label) => sentence.test(label));
}

function isFile(text: string, tld: string): boolean {
  if (sourceFile.test(text)) return true;
  return commandExtensions.has(tld.toLowerCase()) && !surelyHosts.has(tld) && !/^www\./i.test(text);
}

/** What programmers name with dots: members, packages, applications of a Mac, and what Android calls its parts. */
function isCode(text: string, labels: readonly string[], tld: string): boolean {
  if (labels.length < 3 && labels.some((label) => /^_|_$|^-|-$/.test(label))) return true;
  if (labels.length === 2 && codeObjects.has(labels[0]?.toLowerCase() ?? "") && members.has(tld.toLowerCase()))
    return true;
  if (tld === "android" || (tld === "app" && text !== text.toLowerCase())) return true;
  return labels.length > 2 && packageRoots.has(labels[0]?.toLowerCase() ?? "");
}

// Extensions, yet mostly met as countries.
const surelyHosts = new Set(["pl", "rs"]);

function lastLabel(host: string): string {
  return host.slice(host.lastIndexOf(".") + 1);
}
