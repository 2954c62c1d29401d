import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const api = process.env.TOCSIN_DEV_API ?? "http://127.0.0.1:8080";

// The API takes a cookie only from its own origin; in development the page has another.
const proxy = Object.fromEntries(
  ["/api", "/docs", "/healthz", "/readyz"].map((path) => [
    path,
    { target: api, changeOrigin: true, headers: { origin: api } },
  ]),
);

export default defineConfig({
  plugins: [react()],
  build: { outDir: "dist", target: "es2023", sourcemap: false, chunkSizeWarningLimit: 600 },
  server: { host: "127.0.0.1", proxy },
  preview: { host: "127.0.0.1", proxy },
});
