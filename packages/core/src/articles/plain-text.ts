import { Parser } from "htmlparser2";

const silentTags = new Set(["script", "style", "template", "noscript", "svg"]);

/** What a fragment of markup says, on one line of at most `max` characters, cut between words. */
export function plainText(markup: string, max: number): string {
  const parts: string[] = [];
  let silent = 0;
  const parser = new Parser(
    {
      onopentagname: (name) => {
        if (silentTags.has(name)) silent++;
        parts.push(" ");
      },
      ontext: (text) => {
        if (silent === 0) parts.push(text);
      },
      onclosetag: (name) => {
        if (silentTags.has(name)) silent--;
      },
    },
    { decodeEntities: true },
  );
  parser.end(markup);
  const line = parts
    .join("")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\s]+/gu, (gap) => (/\s/.test(gap) ? " " : ""))
    .replace(/ (?=[.,;:!?)\]])/g, "")
    .trim();
  return cutBetweenWords(line, max);
}

/** Where it begins; the end of a text of one word. A pattern would look for it from every gap. */
function beginOfLastWord(text: string): number {
  let at = text.length;
  while (at > 0 && !/\s/.test(text.charAt(at - 1))) at -= 1;
  return at === 0 ? text.length : at;
}

/** At most `max` characters, the last word whole. */
export function cutBetweenWords(text: string, max: number): string {
  if (text.length <= max) return text;
  const room = text.slice(0, max - 1);
  const whole = room.slice(0, beginOfLastWord(room)).trimEnd();
  return `${(whole.length > max / 2 ? whole : room).replace(/\p{Cs}$/u, "").trimEnd()}…`;
}
