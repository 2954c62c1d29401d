import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type * as engineModule from "@prisma/schema-engine-wasm";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { createDb } from "./client";
import { migrate } from "./migrate";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../..");

/** The SQL that leads from a database with every migration applied to the models; empty when they agree. */
export async function printSchemaChange(): Promise<string> {
  const db = await createDb({ memory: true });
  try {
    await migrate(db);
    if (!db.pglite) throw new Error("not embedded");
    const SchemaEngine = await loadSchemaEngine();
    const files = readSchema();
    const engine = await SchemaEngine.new(
      { datamodels: files.map((file) => [file.path, file.content]) },
      () => {},
      bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(db.pglite)),
    );
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: root },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout?.replace("-- This is an empty migration.", "").trim() ?? "";
  } finally {
    await db.close();
  }
}

type SchemaFile = engineModule.SchemaContainer;

function readSchema(): SchemaFile[] {
  const folder = path.join(root, "prisma");
  const models = fs.readdirSync(path.join(folder, "models")).map((name) => path.join("models", name));
  return ["schema.prisma", ...models].map((name) => ({
    path: path.join(folder, name),
    content: fs.readFileSync(path.join(folder, name), "utf8"),
  }));
}

// The package's own entry imports its .wasm as a module, which Node runs only behind a flag.
async function loadSchemaEngine(): Promise<typeof engineModule.SchemaEngine> {
  const require = createRequire(import.meta.url);
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = fs.readFileSync(
    require.resolve("@prisma/schema-engine-wasm/schema_engine_bg").replace(/\.js$/, ".wasm"),
  );
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue.SchemaEngine;
}
