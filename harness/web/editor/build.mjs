// Builds ../static/editor.js, the licences of all that is in it, and the hashes of both.

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";

import { build } from "esbuild";

const STATIC = "../static";
const NAMES = ["editor.js", "editor.LICENSES.txt"];

async function bundle() {
  const made = await build({
    entryPoints: ["editor.js"],
    outfile: `${STATIC}/editor.js`,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    banner: { js: "/* Made from harness/web/editor; licences: editor.LICENSES.txt */" },
    metafile: true,
  });
  const [output] = Object.values(made.metafile.outputs);
  const used = Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput);
  return used.map(([path]) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
}

/** Name, version and licence of a package, as it gives them itself. */
async function licence(name) {
  const folder = `node_modules/${name}`;
  const { version } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
  if (!file) throw new Error(`${folder} has no licence: do not bundle ${name}`);
  const text = await readFile(`${folder}/${file}`, "utf8");
  return `${name} ${version}\n\n${text.trim()}\n`;
}

async function hashes() {
  const lines = NAMES.map(async (name) => {
    const hash = createHash("sha256").update(await readFile(`${STATIC}/${name}`));
    return `${hash.digest("hex")}  ${STATIC}/${name}\n`;
  });
  return (await Promise.all(lines)).join("");
}

await mkdir(STATIC, { recursive: true });
const packages = [...new Set((await bundle()).filter(Boolean))].sort();
const texts = await Promise.all(packages.map(licence));
await writeFile(`${STATIC}/editor.LICENSES.txt`, texts.join(`\n${"-".repeat(80)}\n\n`));
await writeFile("bundle.sha256", await hashes());
