import { UsageError } from "./command";

/** What the shells complete: the commands, what follows them, and their options, as the usage lines name them. */
type Words = { readonly name: string; readonly actions: readonly string[]; readonly options: readonly string[] };

const shells = { bash, zsh } as const;

/** The script of `completion bash|zsh`, out of the usage lines. Throws a UsageError for another shell. */
export function completionFor(shell: string | undefined, usages: Readonly<Record<string, string>>): string {
  const words = Object.entries(usages).map(([name, usage]) => wordsOf(name, usage));
  if (shell !== "bash" && shell !== "zsh") throw new UsageError(`completion: say ${Object.keys(shells).join(" or ")}`);
  return shells[shell](words);
}

/** `keys create --name <name> | keys list` has the actions create and list, and the option --name. */
function wordsOf(name: string, usage: string): Words {
  const actions = [...usage.matchAll(/(?:^|\| )(\S+) ([a-z|-]+)(?= |$)/g)]
    .filter(([, command]) => command === name)
    .flatMap(([, , action = ""]) => action.split("|"))
    .filter((action) => /^[a-z]/.test(action));
  const options = usage.match(/--[a-z][a-z-]*/g) ?? [];
  return { name, actions: [...new Set(actions)], options: [...new Set([...options, "--json", "--help"])] };
}

const casesOf = (words: readonly Words[]) =>
  words.map(({ name, actions, options }) => `    ${name}) words="${[...actions, ...options].join(" ")}" ;;`).join("\n");

const namesOf = (words: readonly Words[]) => words.map(({ name }) => name).join(" ");

function bash(words: readonly Words[]): string {
  return `# bash completion of tocsin: source <(tocsin completion bash)
_tocsin() {
  local words=""
  case "\${COMP_WORDS[1]}" in
${casesOf(words)}
  esac
  [ "$COMP_CWORD" -gt 1 ] || words="${namesOf(words)} help"
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _tocsin tocsin
`;
}

function zsh(words: readonly Words[]): string {
  return `#compdef tocsin
# zsh completion of tocsin: source <(tocsin completion zsh)
_tocsin() {
  local words_=""
  local words=""
  case "\${(Q)\${(z)BUFFER}[2]}" in
${casesOf(words)}
  esac
  (( CURRENT > 2 )) || words="${namesOf(words)} help"
  words_=(\${(z)words})
  compadd -- $words_
}
compdef _tocsin tocsin
`;
}
