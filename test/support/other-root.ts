/** A machine of its own: a root filesystem in memory with what a test puts there, and diskwhy run inside it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { explainJson } from './diskwhy.ts';
import type { ExplainJson, RunOptions } from './diskwhy.ts';
import { mount, mountBind, mountTmpfs } from './mounted.ts';
import { needsMount, needsTool, unless } from './requirements.ts';
import { tempFolder } from './temp-folder.ts';
import { buildTree } from './tree.ts';
import type { TreeDescription } from './tree.ts';

export const needsOtherRoot: string | false = unless(needsMount, needsTool('chroot', 'ldd'));

/** A finding as `--json` prints it. */
export interface FindingJson {
  readonly rule: string;
  readonly title: string;
  readonly diskBytes: number;
  readonly claimedBytes: number;
  readonly freeableBytes: number;
  readonly paths: readonly string[];
  readonly evidence: readonly string[];
  readonly remedy: { readonly text: string; readonly command: string | null };
  readonly actions: readonly { readonly kind: string; readonly argv: readonly string[] | null }[];
  readonly refused: readonly { readonly kind: string; readonly reason: string }[];
  readonly risk: string;
}

export interface OtherRoot extends Disposable {
  /** Where its root directory is seen from here. */
  readonly path: string;
  /** Runs `diskwhy ARGS --json` in it. */
  readonly explain: (args: readonly string[], options?: RunOptions) => Promise<ExplainJson>;
  /** The findings of one rule for `diskwhy /`. */
  readonly findings: (rule: string) => Promise<readonly FindingJson[]>;
}

/** Places at the top of `tree` must not be those the program itself needs: its libraries, the checkout, /proc. */
export async function otherRoot(tree: TreeDescription): Promise<OtherRoot> {
  using made = new DisposableStack();
  const folder = made.use(tempFolder());
  const root = `${folder.path}/root`;
  mkdirSync(root);
  made.use(mountTmpfs(root, 'size=256m,mode=755'));
  await buildTree(`${root}/tree`, tree);
  for (const name of readdirSync(`${root}/tree`)) renameSync(`${root}/tree/${name}`, `${root}/${name}`);
  execFileSync('rmdir', [`${root}/tree`]);
  for (const place of neededPlaces()) {
    mkdirSync(root + place, { recursive: true });
    made.use(mountBind(place, root + place));
  }
  mkdirSync(`${root}/proc`, { recursive: true });
  made.use(mount(`${root}/proc`, '-t', 'proc', 'proc'));
  const stack = made.move();
  const explain: OtherRoot['explain'] = async (args, options = {}) => {
    const { json } = await explainJson(args, { ...options, under: ['chroot', root] });
    return json;
  };
  return {
    path: root,
    explain,
    findings: async (rule) => {
      const { findings } = await explain(['/']);
      return (findings as readonly FindingJson[]).filter((finding) => finding.rule === rule);
    },
    [Symbol.dispose]: () => stack.dispose(),
  };
}

/** Directories that the program needs to run: the libraries of its Node, Node itself where it really is, this checkout. */
function neededPlaces(): string[] {
  const checkout = realpathSync(path.resolve(import.meta.dirname, '../..'));
  return outermost([checkout, ...libraryPlaces(), path.dirname(realpathSync(process.execPath))]);
}

/** Where the libraries of this Node are. */
export function libraryPlaces(): string[] {
  const libraries = execFileSync('ldd', [process.execPath], { encoding: 'utf8' });
  return outermost([...libraries.matchAll(/\s(\/\S+)\s\(/gu)].map(([, library]) => path.dirname(library)));
}

/** Those that are there, and in none of the others. */
function outermost(places: readonly string[]): string[] {
  const all = [...new Set(places)].filter((place) => existsSync(place));
  return all.filter((place) => !all.some((other) => other !== place && place.startsWith(`${other}/`)));
}
