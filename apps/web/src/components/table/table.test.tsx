// @vitest-environment happy-dom

import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { showRouted } from "../../testing/render";
import { nextSort, sortOf, type TableColumn } from "./column";
import { csvOf } from "./csv";
import { WithTable } from "./table-view";
import { inOrder, moved } from "./use-layout";

type Row = { id: string; name: string };
const columns: TableColumn<Row>[] = [
  {
    id: "name",
    label: "Name",
    shown: "always",
    sort: { field: "name" },
    cell: (row) => row.name,
    text: (row) => row.name,
  },
  { id: "id", label: "ID", cell: (row) => row.id, text: (row) => row.id },
  { id: "more", label: "More", shown: "chosen", cell: () => "more", text: () => "more" },
];
const rows = Array.from({ length: 10_000 }, (_, i): Row => ({ id: `id-${i}`, name: `Row ${i}` }));

beforeEach(() => {
  localStorage.clear();
  // Nothing has a size here; the region gets that of a screen.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(720);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1280);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

async function open(): Promise<string[]> {
  const said: string[] = [];
  const table = (
    <WithTable>
      {(View) => (
        <View<Row>
          name="test"
          label="Rows"
          columns={columns}
          rows={rows}
          idOf={(row) => row.id}
          nameOf={(row) => row.name}
          sort="name"
          onSort={(sort) => said.push(`sort ${sort}`)}
          onOpen={(row) => said.push(`open ${row.id}`)}
          onEdit={(row) => said.push(`edit ${row.id}`)}
          bulk={(selected) => <span>{selected.map(({ id }) => id).join()}</span>}
        />
      )}
    </WithTable>
  );
  await showRouted(table);
  await screen.findByText("Row 0");
  return said;
}

describe("the table", () => {
  it("holds what is in sight of ten thousand rows, and says how many there are", async () => {
    await open();
    expect(document.querySelectorAll("*").length).toBeLessThan(1_500);
    expect(screen.getByRole("table").getAttribute("aria-rowcount")).toBe("10001");
    expect(screen.getAllByRole("row").length).toBeGreaterThan(10);
  });

  it("goes by j and k, opens by Enter, edits by e and selects by x", async () => {
    const user = userEvent.setup();
    const said = await open();
    await user.keyboard("jjjk{Enter}ex");
    expect(said).toEqual(["open id-1", "edit id-1"]);
    expect(screen.getByRole("toolbar").textContent).toContain("id-1");
    await user.click(screen.getByRole("button", { name: "Clear" }));
    expect(screen.queryByRole("toolbar")).toBeNull();
  });

  it("is sorted by a click on a head, and back by the next", async () => {
    const said = await open();
    await userEvent.click(await screen.findByRole("button", { name: "Name" }));
    expect(said).toEqual(["sort -name"]);
    expect(screen.getByRole("columnheader", { name: "Name" }).getAttribute("aria-sort")).toBe("ascending");
  });

  it("shows the columns that its reader chooses, and keeps the choice", async () => {
    const user = userEvent.setup();
    await open();
    await user.click(await screen.findByRole("button", { name: "Columns and rows" }));
    await user.click(await screen.findByRole("checkbox", { name: "More" }));
    await user.click(screen.getByRole("button", { name: "More: earlier" }));
    await waitFor(() =>
      expect(screen.getAllByRole("columnheader").map((head) => head.textContent)).toEqual(["", "Name", "More", "ID"]),
    );
    cleanup();
    await open();
    await screen.findByRole("columnheader", { name: "More" });
  });
});

it("a file of what is seen is harmless to spreadsheets and quoted where it must be", () => {
  expect(csvOf(columns.slice(0, 2), [{ id: "=1+1", name: 'a "b", c' }])).toBe('Name,ID\r\n"a ""b"", c",\'=1+1\r\n');
});

it("a head asks for its first order, then for the other", () => {
  expect(nextSort({ field: "used", first: "down" }, undefined)).toBe("-used");
  expect(nextSort({ field: "used", first: "down" }, "-used")).toBe("used");
  expect(sortOf({}, "used")).toBeUndefined();
  expect(sortOf({ sort: { field: "used" } }, "-used")).toBe("descending");
});

it.each([[[]], [["more"]], [["more", "gone", "name"]], [["id", "name", "more"]]])(
  "an order of columns keeps every column once: %j was chosen",
  (order) => {
    const ids = inOrder(columns, order).map(({ id }) => id);
    expect(ids.toSorted()).toEqual(["id", "more", "name"]);
    expect(ids.filter((id) => order.includes(id))).toEqual(order.filter((id) => id !== "gone"));
  },
);

it("moves a column by one place, and not beyond the ends", () => {
  expect(moved(["a", "b", "c"], "c", -1)).toEqual(["a", "c", "b"]);
  expect(moved(["a", "b"], "a", -1)).toEqual(["a", "b"]);
});
