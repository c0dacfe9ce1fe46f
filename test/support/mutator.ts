/**
 * A process that never lets a tree rest: creates, removes, renames, closes and replaces what is in the directory it
 * is given, until it is killed. Says "changing" once it has begun.
 */
import fs from 'node:fs';

const [, , tree, decoy] = process.argv;
/** A xorshift generator: the same changes in every run. */
let state = 0x2545_f491;
const random = (below: number): number => {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
};
const place = (): string =>
  Array.from({ length: 2 + random(4) }, () => `d${random(5)}`).join('/') +
  (random(2) === 0 ? `/f${random(6)}` : '');

const changes: readonly ((path: string) => void)[] = [
  (path) => fs.mkdirSync(path, { recursive: true }),
  (path) => fs.mkdirSync(path, { recursive: true }),
  (path) => fs.writeFileSync(path, Buffer.alloc(random(20_000))),
  (path) => fs.writeFileSync(path, Buffer.alloc(random(20_000))),
  (path) => fs.rmSync(path, { recursive: true, force: true }),
  (path) => fs.renameSync(path, `${tree}/${place()}`),
  (path) => fs.linkSync(path, `${tree}/${place()}`),
  (path) => fs.chmodSync(path, random(2) === 0 ? 0o000 : 0o755),
  // A directory becomes a way out of the tree, and a directory again.
  (path) => {
    fs.renameSync(path, `${tree}/aside`);
    fs.symlinkSync(decoy, path);
    fs.rmSync(path);
    fs.renameSync(`${tree}/aside`, path);
  },
  (path) => {
    fs.rmSync(path, { recursive: true, force: true });
    fs.symlinkSync(decoy, path);
  },
];

for (let round = 0; ; round++) {
  try {
    changes[random(changes.length)](`${tree}/${place()}`);
  } catch {
    // Most changes do not fit what is there at the moment.
  }
  if (round === 500) process.stdout.write('changing\n');
}
