/**
 * Keeps exchanging what is in the units u0…u7 of a directory for ways out: links to the canary, hard links to its
 * files, mounts of it, directories moved out and in. It cannot write to the canary itself. Runs until it is killed;
 * says "attacking" once.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { buildUnit } from './unit-under-attack.ts';

const [, , role, arena, canary] = process.argv;
const units = `${arena}/units`;
let state = 0x9e37_79b9 ^ process.pid;
const random = (below: number): number => {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
};
const unit = (): string => `${units}/u${random(8)}`;
const inner = (): string => `${unit()}/d${random(4)}${random(2) === 0 ? '' : `/d${random(4)}`}`;
const leaf = (): string => `${inner()}/f${random(6)}`;
const aside = `${arena}/aside/${process.pid}`;

/** Something else in the place of `path` for a moment, then `path` again. */
function exchange(path: string, put: () => void): void {
  fs.renameSync(path, aside);
  try {
    put();
    for (let i = random(200); i > 0; i--) fs.lstatSync(path);
    fs.rmSync(path, { recursive: true, force: true });
  } finally {
    fs.renameSync(aside, path);
  }
}

function replace(put: (path: string) => void): void {
  const path = leaf();
  put(`${path}.link`);
  fs.renameSync(`${path}.link`, path);
}

function exchangeFor(path: string, target: string): void {
  exchange(path, () => fs.symlinkSync(target, path));
}

const attacks: readonly (() => void)[] = [
  () => exchangeFor(inner(), canary),
  () => exchangeFor(unit(), `${canary}/unit`),
  // The directory above all units; its owner may be somebody else.
  () => exchangeFor(units, canary),
  () => replace((path) => fs.linkSync(`${canary}/f0`, path)),
  () => replace((path) => fs.symlinkSync(`${canary}/f1`, path)),
  () => {
    const path = inner();
    exchange(path, () => fs.cpSync(`${canary}/unit`, path, { recursive: true, force: false }));
  },
  () => {
    // Out of the units and, a little later, into another one.
    fs.renameSync(inner(), `${aside}.out`);
    fs.renameSync(`${aside}.out`, inner());
  },
  // Up, past the unit.
  () => fs.renameSync(inner(), `${units}/u${random(8)}`),
];

function mount(): void {
  const path = random(3) === 0 ? leaf() : random(2) === 0 ? inner() : unit();
  const from = fs.lstatSync(path).isFile() ? 'f2' : random(2) === 0 ? '' : 'unit';
  execFileSync('mount', ['--bind', `${canary}/${from}`, path], { stdio: 'ignore' });
  for (let i = random(400); i > 0; i--) fs.lstatSync(path);
  execFileSync('umount', ['-l', path], { stdio: 'ignore' });
}

function attack(): void {
  if (role === 'mounts') mount();
  else if (role === 'builds' && random(3) === 0) buildUnit(unit());
  else attacks[random(attacks.length)]();
}

for (let round = 0; ; round++) {
  try {
    attack();
  } catch {
    // Most do not fit what is there at the moment.
  }
  if (round === (role === 'mounts' ? 3 : 50)) process.stdout.write('attacking\n');
}
