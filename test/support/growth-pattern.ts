/** Growth drawn at random: how many files, how deep, how large, by how many writers, renamed or deleted meanwhile. */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

const MIB = 2 ** 20;

export interface GrowthPattern {
  readonly files: number;
  readonly directories: number;
  readonly depth: number;
  readonly bytesPerSecond: number;
  readonly chunkBytes: number;
  readonly writers: number;
  /** `append`: the same files grow; `new`: each chunk is a file of its own. */
  readonly mode: 'append' | 'new';
  /** Of new files so many in a hundred are deleted after a while. */
  readonly deletedPercent: number;
  /** Files are renamed after they are written, as a mail queue does. */
  readonly renames: boolean;
}

/** Deterministic: mulberry32. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function drawPattern(seed: number): GrowthPattern {
  const random = randomNumbers(seed);
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)];
  const files = pick([1, 3, 20, 200, 1500]);
  return {
    files,
    directories: Math.min(files, pick([1, 5, 60, 300])),
    depth: pick([1, 2, 4]),
    bytesPerSecond: pick([2.5, 4, 6]) * MIB,
    chunkBytes: pick([4096, 20_480, 65_536]),
    writers: pick([1, 2, 4]),
    mode: pick(['append', 'new']),
    deletedPercent: pick([0, 0, 20]),
    renames: random() < 0.3,
  };
}

/** Writes its part of a pattern; names and chunks go round so that all files grow alike. */
const WRITER = `
my ($root, $files, $rate, $chunk, $mode, $deleted, $renames, $me, $writers, @dirs) = @ARGV;
my $data = ('x' x ($chunk - 1)) . "\\n"; my ($start, $done, $i) = (time, 0, 0); my @old;
while (1) {
  while ($done < (time - $start) * $rate) {
    my $k = ($i++ * $writers + $me); $k %= $files if $mode eq 'append';
    my $dir = $dirs[$k % @dirs];
    if ($mode eq 'append') { open(my $f, '>>', "$dir/app-$k.log"); syswrite($f, $data); close $f }
    else {
      my $name = "$dir/m$k"; my $first = $renames ? "$dir/tmp.$k" : $name;
      open(my $f, '>', $first); syswrite($f, $data); close $f; rename($first, $name) if $renames;
      push @old, $name if $k % 100 < $deleted; unlink(shift @old) if @old > 50;
    }
    $done += $chunk;
  }
  sleep 0.01;
}`;

/** Starts the writers below `root`; ended when disposed of. */
export function startPattern(pattern: GrowthPattern, root: string): Disposable {
  const { directories, depth, writers, bytesPerSecond } = pattern;
  const places = Array.from({ length: directories }, (_, n) => {
    const parts = Array.from({ length: depth - 1 }, (_unused, level) => `l${level}-${n % 3}`);
    return path.join(root, ...parts, `d${n}`);
  });
  for (const place of places) mkdirSync(place, { recursive: true, mode: 0o755 });
  const children = Array.from({ length: writers }, (_, me) =>
    spawn(
      'perl',
      [
        '-MTime::HiRes=sleep,time',
        '-e',
        WRITER,
        root,
        String(pattern.files),
        String(bytesPerSecond / writers),
        String(pattern.chunkBytes),
        pattern.mode,
        String(pattern.deletedPercent),
        pattern.renames ? '1' : '',
        String(me),
        String(writers),
        ...places,
      ],
      { stdio: 'ignore' },
    ),
  );
  return {
    [Symbol.dispose]: () => {
      for (const child of children) child.kill('SIGKILL');
    },
  };
}
