import { type Authorized, authenticated, type SystemCaller } from "@tocsin/core/access";
import { type Call, noOrigin } from "@tocsin/core/context";
import { createLink, listPeople, type Person, setDisabled, setOperator } from "@tocsin/core/people";
import { table } from "../process/terminal";
import { type Command, type CommandCall, readArgs, UsageError } from "./command";

type Action = { usage: string; run: (call: CommandCall) => Promise<number> };

const actions: Readonly<Record<string, Action>> = {
  list: { usage: "users list [--search <text>]", run: list },
  "reset-password": { usage: "users reset-password <email>", run: (call) => link(call, "password") },
  "reset-second-factor": { usage: "users reset-second-factor <email>", run: (call) => link(call, "second_factor") },
  disable: { usage: "users disable <email> [--end-keys] [--reason <text>]", run: disable },
  enable: { usage: "users enable <email>", run: enable },
  promote: { usage: "users promote <email>", run: (call) => setRole(call, true) },
  demote: { usage: "users demote <email>", run: (call) => setRole(call, false) },
};

/** `users …`: the ways back in, for whoever may run this program (docs/locked-out.md). */
export const usersCommand: Command = {
  usage: Object.values(actions)
    .map(({ usage }) => usage)
    .join(" | "),
  summary: "list people; give one-time links; disable, enable, promote and demote",
  run: async (call) => {
    const [name = "", ...args] = call.args;
    const action = actions[name];
    if (!action) throw new UsageError(`users: say ${Object.keys(actions).join(", ")}`);
    return action.run({ ...call, args });
  },
};

async function list(call: CommandCall): Promise<number> {
  const { values, positionals } = readArgs(call.args, { search: { type: "string" } });
  if (positionals.length > 0) throw new UsageError("users list: takes --search alone");
  const people: Person[] = [];
  let cursor: string | undefined;
  do {
    const q = values.search === undefined ? {} : { q: values.search };
    const page = await listPeople(systemCall(call), { ...q, limit: 200, ...(cursor ? { cursor } : {}) });
    people.push(...page.data);
    cursor = page.meta.next_cursor ?? undefined;
  } while (cursor);
  if (call.json) call.terminal.out(`${JSON.stringify({ data: people, meta: { total: people.length } })}\n`);
  else {
    const heads = ["email", "name", "operator", "state", "second factor", "sessions", "keys", "workspaces"];
    call.terminal.out(table(heads, people.map(rowOf)));
  }
  return 0;
}

function rowOf(person: Person): string[] {
  return [
    person.email,
    person.name,
    person.operator ? "yes" : "",
    person.disabled_at ? "disabled" : "active",
    `${person.two_factor_enabled ? "on" : "off"}${person.passkeys > 0 ? `, passkeys: ${person.passkeys}` : ""}`,
    String(person.sessions),
    String(person.active_keys),
    person.workspaces.map(({ name, role }) => `${name} (${role})`).join(", "),
  ];
}

async function link(call: CommandCall, kind: "password" | "second_factor"): Promise<number> {
  const { positionals } = readArgs(call.args, {}, 1);
  const person = await personOf(call, positionals);
  const made = await createLink(systemCall(call), { personId: person.id, kind });
  if (call.json) call.terminal.out(`${JSON.stringify(made)}\n`);
  else {
    call.terminal.out(`${made.url}\n`);
    call.terminal.err(
      `For ${person.email}, once, until ${made.expires_at}. A link of that kind before it has ended.\n`,
    );
  }
  return 0;
}

async function disable(call: CommandCall): Promise<number> {
  const { values, positionals } = readArgs(
    call.args,
    { "end-keys": { type: "boolean" }, reason: { type: "string" } },
    1,
  );
  const { id } = await personOf(call, positionals);
  const reason = values.reason === undefined ? {} : { reason: values.reason };
  const input = { personId: id, disabled: true, endKeys: values["end-keys"] === true, ...reason };
  return say(call, await setDisabled(systemCall(call), input));
}

async function enable(call: CommandCall): Promise<number> {
  const { id } = await personOf(call, readArgs(call.args, {}, 1).positionals);
  return say(call, await setDisabled(systemCall(call), { personId: id, disabled: false, endKeys: false }));
}

async function setRole(call: CommandCall, operator: boolean): Promise<number> {
  const { id } = await personOf(call, readArgs(call.args, {}, 1).positionals);
  return say(call, await setOperator(systemCall(call), { personId: id, operator }));
}

function say(call: CommandCall, person: Person): number {
  const state = person.disabled_at ? "disabled" : "active";
  const words = `${person.email}: ${state}${person.operator ? ", operator" : ""}; ${person.active_keys} active keys\n`;
  call.terminal.out(call.json ? `${JSON.stringify({ data: person })}\n` : words);
  return 0;
}

async function personOf(call: CommandCall, [email, surplus]: string[]): Promise<{ id: string; email: string }> {
  if (!email || surplus !== undefined) throw new UsageError("users: give one e-mail address (`users list` shows them)");
  const where = { email: email.trim().toLowerCase() };
  const found = await call.deps.db.prisma.user.findUnique({ where, select: { id: true, email: true } });
  if (!found) throw new UsageError(`nobody here has the address ${email}`);
  return found;
}

function systemCall({ deps }: CommandCall): Call<Authorized<SystemCaller>> {
  return { ...deps.context, caller: authenticated({ kind: "system", name: "command line" }), origin: noOrigin };
}
