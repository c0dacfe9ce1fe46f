/** The trees the benchmark reads: built once from a seed, kept in the temp folder, the same on every machine. */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

export interface TreeShape {
  readonly name: string;
  readonly files: number;
  readonly directories: number;
}

export const SHAPES = {
  small: { name: '300k entries, 20k directories', files: 300_000, directories: 20_000 },
  medium: { name: '650k entries, 50k directories', files: 600_000, directories: 50_000 },
  million: { name: '1.06M entries, 60k directories', files: 1_000_000, directories: 60_000 },
  flat: { name: '1M files in one directory', files: 1_000_000, directories: 0 },
  huge: { name: '5M entries, 250k directories', files: 4_750_000, directories: 250_000 },
} as const satisfies Record<string, TreeShape>;

const SEED = 20_261_122;
const EXTENSIONS = ['log', 'txt', 'js', 'so.1', 'dat', 'gz', 'tmp', 'json', 'py', 'png'];
const SIZES = [0, 0, 0, 100, 3000, 5000];
/** New directories go below one of this many latest ones, which makes trees some 30 levels deep. */
const RECENT = 4000;

/** The path of the tree, built now if it is not there. */
export function provideTree(key: keyof typeof SHAPES, folder: string): string {
  const shape: TreeShape = SHAPES[key];
  const target = path.join(folder, `${key}-${SEED}`);
  if (existsSync(target)) return target;
  process.stderr.write(`building ${shape.name} in ${target} …\n`);
  const partial = `${target}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const random = mulberry32(SEED);
  const pick = <T>(list: readonly T[], from = 0): T =>
    list[from + Math.floor(random() * (list.length - from))];
  const directories = [partial];
  for (let i = 0; i < shape.directories; i++) {
    const directory = path.join(pick(directories, Math.max(0, directories.length - RECENT)), `d${i}`);
    mkdirSync(directory);
    directories.push(directory);
  }
  const bytes = Buffer.alloc(Math.max(...SIZES), 'x');
  for (let i = 0; i < shape.files; i++) {
    const file = openSync(path.join(pick(directories), `file-${i}.${pick(EXTENSIONS)}`), 'w');
    const size = pick(SIZES);
    if (size > 0) writeSync(file, bytes, 0, size);
    closeSync(file);
  }
  renameSync(partial, target);
  return target;
}

/** Tommy Ettinger's mulberry32: small, seeded, good enough to scatter files. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
