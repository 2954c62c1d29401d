import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import type { Plugin, Rolldown } from "vite";

type Script = Rolldown.OutputChunk;
type Screen = { modules: readonly string[]; mostBytes: number };

const compressors = { br: promisify(brotliCompress), gz: promisify(gzip) };

/**
 * Fails the build where a screen needs more script than `mostBytes` (compressed by brotli) before it shows anything: the
 * entry, the modules that are loaded for it (the ends of their paths), and whatever those import at once.
 */
export function scriptBudget(screens: Readonly<Record<string, Screen>>): Plugin {
  return {
    name: "tocsin-script-budget",
    apply: "build",
    async generateBundle(_options, bundle) {
      const scripts = Object.values(bundle).filter((file) => file.type === "chunk");
      for (const [screen, { modules, mostBytes }] of Object.entries(screens)) {
        const lacking = modules.find((module) => !scripts.some((script) => isFor(script, module)));
        if (lacking !== undefined) this.error(`${screen}: no script was made for ${lacking}`);
        const needed = atOnce(scripts, modules);
        const sizes = await Promise.all(needed.map(async ({ code }) => (await compressors.br(code)).length));
        const bytes = sizes.reduce((sum, size) => sum + size, 0);
        const says = `${screen}: ${Math.round(bytes / 1_000)} kB of compressed script in ${needed.length} files`;
        const files = needed.map(({ fileName }, at) => `${sizes[at]} ${fileName}`).join("\n");
        if (bytes > mostBytes) this.error(`${says}; at most ${mostBytes / 1_000} kB are allowed\n${files}`);
        this.info(says);
      }
    },
  };
}

function isFor(script: Script, module: string): boolean {
  return script.facadeModuleId?.endsWith(module) === true;
}

/** The entry, the scripts of these modules, and all that those import at once. */
function atOnce(scripts: readonly Script[], modules: readonly string[]): Script[] {
  const found = new Set(scripts.filter((one) => one.isEntry || modules.some((module) => isFor(one, module))));
  // A set is read on while it grows.
  for (const { imports } of found)
    for (const script of scripts) if (imports.includes(script.fileName)) found.add(script);
  return [...found];
}

/** Writes each text file a second and a third time, as `.br` and `.gz`, where that makes it smaller. */
export function compressedFiles(): Plugin {
  return {
    name: "tocsin-compressed-files",
    apply: "build",
    generateBundle: {
      // The page, which names all others, is the last to be made.
      order: "post",
      async handler(_options, bundle) {
        const texts = Object.values(bundle).filter(({ fileName }) => /\.(?:js|css|html|svg)$/.test(fileName));
        for (const file of texts) {
          const body = file.type === "chunk" ? file.code : file.source;
          for (const [ending, compress] of Object.entries(compressors)) {
            const source = await compress(body);
            if (source.length < 0.9 * Buffer.byteLength(body))
              this.emitFile({ type: "asset", fileName: `${file.fileName}.${ending}`, source });
          }
        }
      },
    },
  };
}
