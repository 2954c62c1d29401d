import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compressedFiles, scriptBudget } from "./budget";

// What every screen needs goes in a few files that stay the same from one release to the next, not in a hundred.
const groups = [
  { name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 3 },
  {
    name: "data",
    // Tables come with the first page that has one.
    test: /node_modules[\\/](@tanstack[\\/](?!(react-)?(table|virtual))|@trpc|better-auth|@better-fetch|nanostores)[\\/]/,
    priority: 2,
  },
  {
    name: "mantine",
    test: /node_modules[\\/](@mantine[\\/](core|hooks|notifications)|@floating-ui)[\\/]/,
    priority: 1,
    // What only some pages show comes with them.
    entriesAware: true,
    entriesAwareMergeThreshold: 1_000,
  },
  { name: "icons", test: /node_modules[\\/]@tabler[\\/]/, priority: 1 },
];

export default defineConfig({
  // Files find each other beside them; the server says in the page where they lie, which may be under a path.
  base: "./",
  plugins: [
    react(),
    compressedFiles(),
    scriptBudget({
      "sign-in": { modules: ["/auth/sign-in-page.tsx"], mostBytes: 200_000 },
      overview: { modules: ["/shell/shell.tsx", "/overview/overview-page.tsx"], mostBytes: 270_000 },
    }),
  ],
  build: {
    outDir: "dist",
    target: "es2023",
    // The first versions with light-dark(), which is left as it is.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    sourcemap: false,
    chunkSizeWarningLimit: 600,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
});
