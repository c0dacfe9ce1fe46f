/**
 * A process that never lets a disk rest: creates, appends to, renames and deletes files in directories of its own as
 * fast as it can, until it is killed. Says "changing" once it has begun. What was there before stays.
 */
import fs from 'node:fs';

const [, , place, seed] = process.argv;
/** A xorshift generator. */
let state = 0x2545_f491 ^ Number(seed);
const random = (below: number): number => {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
};
const directories = Array.from({ length: 20 }, (_, index) => `${place}/busy-${seed}-${index}`);
for (const directory of directories) fs.mkdirSync(directory, { recursive: true });
const file = (): string => `${directories[random(directories.length)]}/${random(60)}`;

const changes: readonly (() => void)[] = [
  () => fs.writeFileSync(file(), Buffer.alloc(random(20_000))),
  () => fs.appendFileSync(file(), Buffer.alloc(random(5000))),
  () => fs.renameSync(file(), file()),
  () => fs.rmSync(file()),
  () => fs.mkdirSync(`${file()}.d`),
  () => fs.rmdirSync(`${file()}.d`),
];

for (let round = 0; ; round++) {
  try {
    changes[random(changes.length)]();
  } catch {
    // Most changes do not fit what is there at the moment.
  }
  if (round === 200) process.stdout.write('changing\n');
}
