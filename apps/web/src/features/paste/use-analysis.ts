import { useMutation } from "@tanstack/react-query";
import { type Outputs, trpc } from "../../lib/trpc";

type Extracted = Outputs["extract"]["fromText"]["data"];
export type Looked = NonNullable<Outputs["lookup"]["byValues"]["data"][number]["result"]>;
export type Found = Extracted["values"][number] & { looked: Looked | null };
export type Analysis = Omit<Extracted, "values"> & { values: Found[]; text: string };

/** Values that are looked up; those beyond are listed without a verdict. */
export const mostLookups = 1_000;

/** Reads a text on the server, and looks up what it names. */
export function useAnalysis() {
  const extract = useMutation(trpc.extract.fromText.mutationOptions());
  const lookup = useMutation(trpc.lookup.byValues.mutationOptions());
  return useMutation({
    mutationFn: async (text: string): Promise<Analysis> => {
      const { data } = await extract.mutateAsync({ text });
      const asked = data.values.slice(0, mostLookups);
      const values = asked.map(({ value, type }) => ({ value, type }));
      const answers = values.length === 0 ? [] : (await lookup.mutateAsync({ values })).data;
      return {
        ...data,
        text,
        values: data.values.map((found, at) => ({ ...found, looked: answers[at]?.result ?? null })),
      };
    },
  });
}
