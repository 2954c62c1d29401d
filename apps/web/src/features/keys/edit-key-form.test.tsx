// @vitest-environment happy-dom
import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { Problem } from "../../lib/problem";
import { show } from "../../testing/render";
import { EditKeyForm } from "./edit-key-form";

afterEach(cleanup);

const target = {
  name: "SIEM",
  scopes: ["read:iocs" as const],
  allowed_ips: ["198.51.100.0/24"],
  expires_at: null,
};

function open(error: unknown = null) {
  const sent: unknown[] = [];
  show(
    <EditKeyForm
      target={target}
      scopes={["read:iocs", "read:articles"]}
      tier="free"
      busy={false}
      error={error}
      onSubmit={(changes) => sent.push(changes)}
      onCancel={() => {}}
    />,
  );
  return sent;
}
const save = () => screen.getByRole("button", { name: "Save" });

describe("the form of a key that is changed", () => {
  it("shows the key as it is, and has nothing to save", () => {
    open();
    expect(screen.getByRole("textbox", { name: /^Name/ })).toHaveProperty("value", "SIEM");
    expect(screen.getByRole("checkbox", { name: "read:iocs" })).toHaveProperty("checked", true);
    expect(screen.getByRole("checkbox", { name: "read:articles" })).toHaveProperty("checked", false);
    expect(screen.getByText("198.51.100.0/24")).toBeDefined();
    expect(save()).toHaveProperty("disabled", true);
  });

  it("sends what was changed and nothing else", async () => {
    const user = userEvent.setup();
    const sent = open();
    await user.click(screen.getByRole("checkbox", { name: "read:articles" }));
    await user.click(screen.getByLabelText("Remove all addresses"));
    await user.click(save());
    expect(sent).toEqual([{ scopes: ["read:iocs", "read:articles"], allowed_ips: null }]);
  });

  it("sends nothing that the server would refuse", async () => {
    const user = userEvent.setup();
    const sent = open();
    await user.clear(screen.getByRole("textbox", { name: /^Name/ }));
    await user.click(save());
    expect(screen.getByText("Enter a name")).toBeDefined();
    expect(sent).toEqual([]);
  });

  it("shows what the server says about a field beside it", () => {
    const fields = [{ field: "expires_at", problem: "is not in the future", allowed: "a time" }];
    open(new Problem({ code: "invalid_parameter", message: "…", status: 400, requestId: null, fields }));
    expect(screen.getByText("This is not in the future; allowed: a time")).toBeDefined();
  });
});
