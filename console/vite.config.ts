import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** `npm run dev -w console` serves the sources, and asks this server for everything else. */
const hearth = process.env.HEARTH_URL ?? "http://127.0.0.1:8009";

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [react(), tailwind()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // Nothing in line: the page's policy lets only files in.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2023",
    // A test holds the limit that counts, of what the first load takes compressed.
    chunkSizeWarningLimit: 1000,
  },
  server: { proxy: { "/hearth": hearth, "/v1": hearth } },
});
