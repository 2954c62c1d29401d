import { useQuery } from "@tanstack/react-query";
import { hourMs } from "@tocsin/core/lib/durations";
import { TagList } from "../../components/ui/tag-list";
import { trpc } from "../../lib/trpc";

/** Techniques with their names, once these are there. */
export function TechniqueTags({ ids }: { ids: readonly string[] }) {
  const { data } = useQuery(trpc.attack.names.queryOptions({ ids: [...ids] }, { staleTime: hourMs }));
  const names = new Map(data?.map(({ id, name }) => [id, name]));
  return <TagList tags={ids.map((id) => [id, names.get(id)].filter(Boolean).join(" "))} />;
}
