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
  // Workspace packages are TypeScript sources and go into the bundle; what the registry ships stays outside of it.
  ssr: { noExternal: [/^@tocsin\//] },
});
