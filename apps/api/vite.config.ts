import { defineConfig } from "vite";

export default defineConfig({
  build: {
    ssr: true,
    target: "node20",
    outDir: "dist",
    emptyOutDir: true,
    sourcemap: true,
    rollupOptions: { input: { cli: "src/cli.ts" } },
  },
  ssr: {
    // One file tree that needs nothing beside it: what a package of ours depends on is not reachable from dist, and
    // hundreds of small files would be read at every start.
    noExternal: true,
    // Finds its WebAssembly beside its own files.
    external: ["@electric-sql/pglite"],
  },
});
