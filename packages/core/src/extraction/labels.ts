const subject =
  "(?:domains?(?: names?)?|host ?names?|fqdns?|ip(?:v[46])?s?(?:[ -]addr(?:ess(?:es)?)?)?|c2|c&c|cnc|(?:c2|c&c) (?:servers?|domains?|hosts?|urls?|ips?|endpoints?|address(?:es)?)|iocs?|indicators?|observables?)";
const qualified = `(?:(?:malicious|phishing|attacker|download|payload|staging|exfil(?:tration)?|fake|network|additional|related|associated|other|observed|known|suspicious) ){0,3}${subject}(?: ?\\([^()]{1,24}\\))?`;

const cell = new RegExp(
  `(?:^|[|\\t,;])[\\s"'\`*_]{0,4}(?:${qualified}|urls?)["'\`*_]{0,3}\\s?[|\\t,;][\\s"'\`*_<]{0,4}$`,
  "i",
);
const lineLabel = new RegExp(`^[\\s>*+•|"'_-]{0,8}${qualified}["'*_]{0,3}:`, "i");
const columnTitle = new RegExp(`^[\\s"'\`*_]{0,4}${qualified}[\\s"'\`*_]{0,4}$`, "i");
const word = /[\p{L}\p{N}]/u;
const otherTitle =
  /^\W{0,4}(?:(?:file|package|process|module|service|app(?:lication)?|detection)(?: ?names?)?|names?|(?:file )?paths?|detections?|commands?|functions?|classe?s?|(?:hosting |cloud )?providers?|hosting|isp|as ?n(?:ame)?|registrars?|org(?:ani[sz]ation)?|owners?|companys?|vendors?|reporters?|victims?|targets?)\W{0,4}$/i;

/** Whether what stands right before a value on its line, in a cell or field of its own, calls it an indicator. */
export function isLabelled(before: string): boolean {
  return cell.test(before);
}

/** Whether a line begins with the name of a kind of indicator and a colon, and its first value follows at once. */
export function beginsWithLabel(line: string, first: number): boolean {
  const label = lineLabel.exec(line)?.[0];
  return label !== undefined && !word.test(line.slice(label.length, first));
}

/** Whether a column holds hosts and addresses that are indicators. */
export function isIndicatorTitle(title: string): boolean {
  return columnTitle.test(title);
}

/** Whether a column holds addresses, of whatever kind. */
export function isAddressTitle(title: string): boolean {
  return /^[\s"'`*_]{0,4}(?:(?:source|remote|destination|server|node) )?address(?:es)?[\s"'`*_]{0,4}$/i.test(title);
}

/** Whether a column holds names of files, packages or detections, which look like hosts, or hosts of somebody else. */
export function isOtherTitle(title: string): boolean {
  return otherTitle.test(title);
}
