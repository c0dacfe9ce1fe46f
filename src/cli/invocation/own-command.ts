/** How this installation is started again, by itself or by root. */
import path from 'node:path';
import { isSea } from 'node:sea';
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** What every sudoers(5) has in its secure_path; /usr/local/bin is not in all. */
const SUDO_PATH: ReadonlySet<string> = new Set(['/usr/sbin', '/usr/bin', '/sbin', '/bin']);
const NAME = 'diskwhy';

export interface Installation {
  readonly isExecutable: boolean;
  /** Node, or the single executable. */
  readonly execPath: string;
  /** The path of the script as it was called; of no use where there is none. */
  readonly script: string;
}

export function readInstallation(): Installation {
  return { isExecutable: isSea(), execPath: process.execPath, script: process.argv[1] };
}

/**
 * The first words of a command line that sudo understands: it looks for programs in directories of its own, so that a
 * Node from nvm or a script from npx is named with its whole path.
 */
export function commandForRoot(installation: Installation): ByteString[] {
  const programs = programWords(installation);
  const called = programs.at(-1)!;
  const isFound =
    path.basename(called) === NAME && programs.every((program) => SUDO_PATH.has(path.dirname(program)));
  return isFound ? [fromText(NAME)] : programs.map(fromText);
}

/** The first words of a command line that starts the same program, whatever lies on the path. */
export function ownCommand(): ByteString[] {
  return programWords(readInstallation()).map(fromText);
}

function programWords({ isExecutable, execPath, script }: Installation): string[] {
  return isExecutable ? [execPath] : [execPath, script];
}
