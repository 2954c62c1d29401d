import { Badge, Modal, useMantineColorScheme } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { Command } from "cmdk";
import { type ReactNode, useState } from "react";
import { riskLevels } from "../../components/charts/risk-level";
import { typeLabels } from "../../components/ioc/ioc-labels";
import { KeyStatusBadge } from "../../components/key/key-status";
import { may, useMe, whyNot } from "../../lib/me";
import { plural } from "../../lib/numbers";
import { refusalOf } from "../../lib/page";
import { trpc } from "../../lib/trpc";
import { isLikeIndicator } from "./indicator";
import classes from "./palette.module.css";

type Props = { onClose: () => void; onHelp: () => void };
/** One thing to choose: what it is called, what else finds it, and what is done. */
type Entry = { id: string; label: ReactNode; words: string; note?: ReactNode; run: () => void };

const pauseMs = 180;
const most = 6;

export function Palette({ onClose, onHelp }: Props) {
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), pauseMs);
  const groups = useGroups(asked, onClose, onHelp);
  const wanted = text.trim().toLowerCase();
  const shown = groups
    .map(({ name, entries, found }) => ({
      name,
      entries: found ? entries : entries.filter(({ words }) => words.toLowerCase().includes(wanted)),
    }))
    .filter(({ entries }) => entries.length > 0);
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size="lg"
      yOffset="12vh"
      centered={false}
      attributes={{ content: { "aria-label": "Search and commands" } }}
    >
      <Command label="Search and commands" shouldFilter={false} loop>
        <Command.Input
          className={classes.input}
          value={text}
          onValueChange={setText}
          maxLength={16_384}
          placeholder="Paste an indicator, or search keys, feeds, articles, pages"
          data-autofocus
        />
        <Command.List className={classes.list} label="Results">
          <Command.Empty className={classes.item}>Nothing found.</Command.Empty>
          {shown.map(({ name, entries }) => (
            <Command.Group key={name} heading={name}>
              {entries.map(({ id, label, note, run }) => (
                <Command.Item
                  key={id}
                  value={id}
                  className={classes.item}
                  onSelect={() => {
                    onClose();
                    run();
                  }}
                >
                  <span className="cut">{label}</span>
                  {note && <span className={classes.note}>{note}</span>}
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Modal>
  );
}

/** `found`: the server has found them already. */
type Group = { name: string; entries: Entry[]; found?: true };

function useGroups(asked: string, onClose: () => void, onHelp: () => void): Group[] {
  const verdict = useVerdict(asked);
  const found = useFound(asked);
  const pages = usePages();
  const actions = useActions(onClose, onHelp);
  return [
    { name: "Indicator", entries: verdict, found: true },
    ...found,
    { name: "Pages", entries: pages },
    { name: "Actions", entries: actions },
  ];
}

/** What the instance knows of a pasted value, in place. */
function useVerdict(asked: string): Entry[] {
  const navigate = useNavigate();
  const like = isLikeIndicator(asked);
  const { data, isError } = useQuery(trpc.lookup.byValue.queryOptions({ ioc: asked }, { enabled: like, retry: false }));
  if (!like) return [];
  const answer = data?.data;
  const level = answer?.risk && riskLevels[answer.risk.level];
  const note = isError ? (
    "Not an indicator"
  ) : !answer ? (
    "Looking up"
  ) : answer.found ? (
    <>
      {level && (
        <Badge variant="outline" color="gray" mr={6}>
          {level.label} {answer.risk?.score}
        </Badge>
      )}
      {typeLabels[answer.ioc_type]}, {plural(answer.reporting_sources, "source")}
    </>
  ) : (
    `${typeLabels[answer.ioc_type]}, not reported`
  );
  return [
    {
      id: "indicator",
      label: <span className="mono">{answer?.ioc_value ?? asked}</span>,
      words: asked,
      note,
      run: () => void navigate({ to: "/lookup", search: { value: asked } }),
    },
  ];
}

/** Keys, feeds and articles with these words. */
function useFound(asked: string): Group[] {
  const navigate = useNavigate();
  const mayRead = may(useMe(), "keys:read");
  const enabled = asked.length >= 2 && asked.length <= 100;
  const keys = useQuery(
    trpc.keys.list.queryOptions(
      { q: asked, limit: most },
      { enabled: enabled && mayRead, placeholderData: keepPreviousData },
    ),
  );
  const articles = useQuery(
    trpc.articles.list.queryOptions({ q: asked, limit: most }, { enabled, placeholderData: keepPreviousData }),
  );
  const feeds = useQuery(trpc.feeds.list.queryOptions(undefined, { enabled }));
  if (!enabled) return [];
  const wanted = asked.toLowerCase();
  const named = (feeds.data?.data ?? []).filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(wanted));
  return [
    {
      name: "Keys",
      found: true,
      entries: (keys.data?.data ?? []).map(({ id, name, status }) => ({
        id: `key ${id}`,
        label: name,
        words: name,
        note: <KeyStatusBadge status={status} />,
        run: () => void navigate({ to: "/keys/$keyId", params: { keyId: id } }),
      })),
    },
    {
      name: "Feeds",
      found: true,
      entries: named.slice(0, most).map(({ id, name, vendor }) => ({
        id: `feed ${id}`,
        label: name,
        words: name,
        note: vendor,
        run: () => void navigate({ to: "/feeds", search: { feed: id } }),
      })),
    },
    {
      name: "Articles",
      found: true,
      entries: (articles.data?.data ?? []).map(({ id, title = "" }) => ({
        id: `article ${id}`,
        label: title,
        words: title,
        run: () => void navigate({ to: "/articles/$articleId", params: { articleId: id ?? "" } }),
      })),
    },
  ];
}

/** The pages of the catalog that the reader may see. */
function usePages(): Entry[] {
  const navigate = useNavigate();
  const me = useMe();
  return Object.values(useRouter().routesById).flatMap(({ to, options }) => {
    const page = options.staticData?.page;
    if (!page || to.includes("$") || refusalOf(page.audience ?? "everyone", me) !== null) return [];
    const label = page.note ? `Settings: ${page.title}` : page.title;
    return [{ id: `page ${to}`, label, words: `${label} go to`, run: () => void navigate({ to }) }];
  });
}

function useActions(onClose: () => void, onHelp: () => void): Entry[] {
  const navigate = useNavigate();
  const forbidden = whyNot(useMe(), "keys:write");
  const { setColorScheme } = useMantineColorScheme();
  const create: Entry = {
    id: "create key",
    label: "Create API key",
    words: "create new api key",
    run: () => void navigate({ to: "/keys", search: { create: true } }),
  };
  return [
    ...(forbidden === null ? [create] : []),
    { id: "dark", label: "Dark colours", words: "dark colour scheme theme", run: () => setColorScheme("dark") },
    { id: "light", label: "Light colours", words: "light colour scheme theme", run: () => setColorScheme("light") },
    {
      id: "shortcuts",
      label: "Keyboard shortcuts",
      words: "keyboard shortcuts help",
      note: "?",
      run: () => {
        onClose();
        onHelp();
      },
    },
  ];
}
