import { fastify } from "fastify";
import { expect, it } from "vitest";
import { watchRoutes } from "./routes";

it("refuses to start with a route that says nothing of its access", async () => {
  const app = fastify();
  watchRoutes(app);
  app.get("/open", { config: { access: { by: "open" } } }, () => "");
  app.get("/forgotten", () => "");
  await expect(app.ready()).rejects.toThrow("GET /forgotten");
});

it("knows which methods a path answers", async () => {
  const app = fastify();
  const routes = watchRoutes(app);
  const open = { config: { access: { by: "open" } } } as const;
  app.get("/keys/:id", open, () => "");
  app.delete("/keys/:id", open, () => "");
  app.get("/files/*", open, () => "");
  await app.ready();
  expect(routes.allowedMethods("/keys/1")).toEqual(["DELETE", "GET", "HEAD"]);
  expect(routes.allowedMethods("/keys/")).toEqual([]);
  expect(routes.allowedMethods("/keys/1/2")).toEqual([]);
  expect(routes.allowedMethods("/files/a/b")).toEqual(["GET", "HEAD"]);
});
