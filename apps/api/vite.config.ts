import { defineConfig } from "vite";

export default defineConfig({
  build: {
    ssr: true,
    target: "node20",
    outDir: "dist",
    emptyOutDir: true,
    sourcemap: true,
    // The second is the thread that reads texts.
    rollupOptions: { input: { cli: "src/cli.ts", "text-reader": "src/text-reader/thread.ts" } },
  },
  ssr: {
    // One file tree that needs nothing beside it: what a package of ours depends on is not reachable from dist, and
    // hundreds of small files would be read at every start.
    noExternal: true,
    // Finds its WebAssembly beside its own files.
    external: ["@electric-sql/pglite"],
  },
});
