/**
 * The judge against a slow, simple specification over random worlds, each a unit of its own: what the specification
 * keeps is never deletable. DISKWHY_WORLDS=20000 asks for more of them, DISKWHY_SEED for others.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import { DAY_MS, judged, later } from '../support/judged.ts';
import { mountTmpfs } from '../support/mounted.ts';
import { needsMount, needsRoot, unless } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

const WORLDS = Number(process.env['DISKWHY_WORLDS'] ?? 800);
const SEED = Number(process.env['DISKWHY_SEED'] ?? 1);
const BATCH = 400;
const OLDER_DAYS = 2;
const STRANGER = 12_345;

/** Mulberry32: the same worlds for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const names = ['a', 'b.log', 'precious.db', '.hidden', 'x y', 'core', 'keep'];

/** What the worlds of a batch are made with, and what is done to them afterwards. */
interface Batch {
  /** Files to be held open. */
  readonly held: string[];
  /** Files that may get other names. */
  readonly others: string[];
  /** Directories to be mounted on. */
  readonly mountPoints: string[];
}

/** Builds a unit of a few entries. */
function build(unit: string, random: () => number, { held, others, mountPoints }: Batch): void {
  const chance = (share: number): boolean => random() < share;
  mkdirSync(unit);
  const directories = [unit];
  const count = 1 + Math.floor(random() * 5);
  for (let i = 0; i < count; i++) {
    const above = directories[Math.floor(random() * directories.length)];
    const place = `${above}/${names[Math.floor(random() * names.length)]}`;
    if (lstatSync(place, { throwIfNoEntry: false })) continue;
    if (chance(0.3)) {
      mkdirSync(place);
      directories.push(place);
      if (chance(0.01)) mountPoints.push(place);
    } else if (chance(0.1)) symlinkSync(chance(0.5) ? '/etc/passwd' : '..', place);
    else if (chance(0.02)) execFileSync('mkfifo', [place]);
    else if (chance(0.15) && others.length > 0) linkSync(others[Math.floor(random() * others.length)], place);
    else {
      writeFileSync(place, 'x');
      others.push(place);
      const recent = later() - (chance(0.5) ? 3600 : 86_400);
      if (chance(0.05)) utimesSync(place, recent, 0);
      if (chance(0.05)) utimesSync(place, 0, recent);
      if (chance(0.04)) chownSync(place, STRANGER, STRANGER);
      if (chance(0.04)) chmodSync(place, 0o1644);
      if (chance(0.06)) held.push(place);
    }
  }
}

/** Whether the specification keeps anything at or below `place`. */
function keeps(place: string, root: string, held: ReadonlySet<string>): boolean {
  const { dev, ino, uid, mode, mtimeMs, ctimeMs, atimeMs } = lstatSync(place);
  const stat = lstatSync(place);
  const name = place.slice(place.lastIndexOf('/') + 1);
  if (stat.isFIFO() || stat.dev !== lstatSync(root).dev) return true;
  const newest = Math.max(mtimeMs, ctimeMs, stat.isFile() ? atimeMs : 0) / 1000;
  return (
    name.endsWith('.db') ||
    new RegExp(`^${root}/[^/]+/b\\.log/keep$`, 'u').test(place) ||
    // As the lines of tmpfiles.d say.
    new RegExp(`^${root}/[^/]+/core$`, 'u').test(place) ||
    new RegExp(`^${root}/u\\d*7$`, 'u').test(place) ||
    uid !== 0 ||
    held.has(`${dev}:${ino}`) ||
    newest > later() - (OLDER_DAYS * DAY_MS) / 1000 ||
    (stat.isFile() && (mode & 0o1000) !== 0) ||
    (stat.isDirectory() && readdirSync(place).some((one) => keeps(`${place}/${one}`, root, held)))
  );
}

test(
  `${WORLDS} worlds: nothing that the specification keeps is deletable`,
  { skip: unless(needsRoot, needsMount) },
  async (context) => {
    const random = randomOf(SEED);
    let deletable = 0;
    let free = 0;
    for (let done = 0; done < WORLDS; done += BATCH) {
      using folder = tempFolder();
      const root = `${folder.path}/root`;
      mkdirSync(root);
      const batch: Batch = { held: [], others: [], mountPoints: [] };
      const { held, mountPoints } = batch;
      const home = `${folder.path}/home`;
      mkdirSync(`${home}/.config/user-tmpfiles.d`, { recursive: true });
      writeFileSync(
        `${home}/.config/user-tmpfiles.d/model.conf`,
        `x ${root}/u*7\nX ${root}/*/core - - - 1d\n`,
      );
      const units = Array.from({ length: Math.min(BATCH, WORLDS - done) }, (_, i) => `u${i}`);
      for (const unit of units) build(`${root}/${unit}`, random, batch);
      const opening =
        'process.argv.slice(1).forEach((one) => fs.openSync(one)); console.log("ready"); process.stdin.resume()';
      const holder = spawn(process.execPath, ['-e', opening, '--', ...held], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      try {
        await once(holder.stdout, 'data');
        // Before they are covered.
        const ids = new Set(held.map((one) => lstatSync(one)).map(({ dev, ino }) => `${dev}:${ino}`));
        using mounts = new DisposableStack();
        // One in another would be covered by it.
        const outer = mountPoints.filter((one) => !mountPoints.some((other) => one.startsWith(`${other}/`)));
        for (const place of outer) mounts.use(mountTmpfs(place));
        const keep = ['*.db', `${root}/*/b.log/keep`];
        // A machine may hide processes even from root; what is held here is seen.
        const { verdicts } = await judged(root, { keep, assumeUnused: true, home: fromText(home) });
        for (const unit of units) {
          const isKept = keeps(`${root}/${unit}`, root, ids);
          assert.ok(
            !(isKept && verdicts[unit] === 'deletable'),
            `seed ${SEED}: ${unit} of worlds from ${done}`,
          );
          if (!isKept) free++;
          if (verdicts[unit] === 'deletable') deletable++;
        }
      } finally {
        holder.kill('SIGKILL');
      }
    }
    // It would say nothing of a judge that keeps everything.
    assert.ok(deletable > free * 0.9, `${deletable} of ${free} deletable`);
    context.diagnostic(`${WORLDS} worlds, ${free} free by the specification, ${deletable} deletable`);
  },
);
