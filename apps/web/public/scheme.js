// Runs before the first paint, so that a dark dashboard never flashes white; a file, because inline scripts are refused.
(() => {
  let scheme = "auto";
  try {
    scheme = localStorage.getItem("tocsin-color-scheme") || "auto";
  } catch {
    // Storage may be switched off; the system's scheme stands in.
  }
  const dark = scheme === "dark" || (scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
