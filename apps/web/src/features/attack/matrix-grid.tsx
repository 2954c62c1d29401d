import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { count } from "../../lib/numbers";
import type { Outputs } from "../../lib/trpc";
import classes from "./attack.module.css";
import type { AttackSearch, Heat } from "./attack-search";
import { heatOf } from "./heat";

export type Tactic = Outputs["threats"]["matrix"]["data"][number];
type Technique = Tactic["techniques"][number];
type Cell = Pick<Technique, "id" | "name" | "articles" | "iocs">;

type Props = { tactics: readonly Tactic[]; search: AttackSearch };

/** A matrix as columns of techniques, each the warmer the more the last 30 days say of it. */
export function MatrixGrid({ tactics, search }: Props) {
  const { heat = "both" } = search;
  return (
    // Its cells are links, which the keyboard scrolls to.
    <section className={`${classes.matrix} scroll-x`} aria-label="ATT&CK matrix">
      {tactics.map((tactic) => (
        <section key={tactic.id} className={classes.column} aria-label={tactic.name}>
          <div className={classes.tactic}>
            <Text size="sm" fw={620}>
              {tactic.name}
            </Text>
            <Text size="xs" c="dimmed">
              {count(tactic.techniques.length)} shown
            </Text>
          </div>
          <ul>
            {tactic.techniques.map((technique) => (
              <li key={technique.id}>
                <TechniqueCell cell={technique} heat={heat} />
                {technique.children.map((child) => (
                  <div key={child.id} className={classes.sub}>
                    <TechniqueCell cell={child} heat={heat} />
                  </div>
                ))}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

function TechniqueCell({ cell, heat }: { cell: Cell; heat: Heat }) {
  const step = heatOf(cell, heat);
  const figures = [
    cell.articles > 0 ? `${count(cell.articles)} art.` : null,
    cell.iocs > 0 ? `${count(cell.iocs)} IOCs` : null,
  ].filter((figure) => figure !== null);
  return (
    <Link
      to="/attack/$kind/$id"
      params={{ kind: "technique", id: cell.id }}
      preload={false}
      className={`${classes.cell} ${step === 0 ? "" : classes[`heat${step}`]}`}
    >
      {cell.name}
      <span className={classes.figures}>{[cell.id, ...figures].join(" · ")}</span>
    </Link>
  );
}

/** What the search leaves: techniques that it names, with those below them that it names or that are seen. */
export function shownTactics(tactics: readonly Tactic[], { q = "", seen }: AttackSearch): Tactic[] {
  const asked = q.toLowerCase();
  const named = ({ id, name }: Cell) => id.toLowerCase().includes(asked) || name.toLowerCase().includes(asked);
  const isSeen = ({ articles, iocs }: Cell) => articles + iocs > 0;
  const shown = (cell: Cell) => named(cell) && (seen !== "yes" || isSeen(cell));
  return tactics.map((tactic) => ({
    ...tactic,
    techniques: tactic.techniques.flatMap((technique) => {
      const children = technique.children.filter((child) => shown(child) && (asked !== "" || isSeen(child)));
      return shown(technique) || children.length > 0 ? [{ ...technique, children }] : [];
    }),
  }));
}
