import { expect, it } from "vitest";
import { clientsOf, keyPlaceholder } from "./clients";

const server = {
  apiRootUrl: "https://tocsin.example/api/taxii2/api/",
  publicUrl: "https://tocsin.example",
};
const collection = { id: "179776fb-2320-413e-9411-cac3e5ae61d1", alias: "ips", title: "Addresses" };

it.each(clientsOf(server, collection).map((client) => [client.name, client] as const))(
  "%s is told where this instance is, and how to show a key",
  (_, { fields, block = "", id }) => {
    const text = [...fields.map(([, value]) => value), block].join("\n");
    expect(text).toContain(server.publicUrl);
    expect(text.includes(keyPlaceholder) || text.includes("$TOCSIN_KEY")).toBe(true);
    expect(text.includes(collection.id)).toBe(id !== "misp");
    expect(new Set(fields.map(([name]) => name)).size).toBe(fields.length);
  },
);
