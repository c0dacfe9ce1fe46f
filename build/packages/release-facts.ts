/** What every package says of itself. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const checkout = path.resolve(import.meta.dirname, '../..');

export interface ReleaseFacts {
  readonly version: string;
  readonly summary: string;
  /** Seconds since 1970: the time of every file in every package, so that two builds are the same. */
  readonly epoch: number;
}

/** From package.json; the time is SOURCE_DATE_EPOCH (reproducible-builds.org/specs), else that of the last commit. */
export function releaseFacts(): ReleaseFacts {
  const { version, description } = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8')) as {
    version: string;
    description: string;
  };
  const lastCommit = () =>
    execFileSync('git', ['-C', checkout, 'log', '-1', '--format=%ct'], { encoding: 'utf8' });
  return { version, summary: description, epoch: Number(process.env.SOURCE_DATE_EPOCH ?? lastCommit()) };
}

/** What the executable needs of a system: what Node was built against (nodejs.org, BUILDING.md). */
export const LEAST_GLIBC = '2.28';

/** What packages call a processor. */
export const ARCHITECTURES: Readonly<Record<string, { readonly deb: string; readonly rpm: string }>> = {
  x64: { deb: 'amd64', rpm: 'x86_64' },
  arm64: { deb: 'arm64', rpm: 'aarch64' },
};
