/** An action for a system that does not run, mounted in a rescue system: done inside it where that needs none of its daemons. */
import type { Action } from '../model/action.ts';
import type { ByteString } from '../model/byte-string.ts';
import { shellLine } from './shell-word.ts';

/** Programs that only work on files of the root they run in: package managers and caches of tools. */
const WITHOUT_DAEMON: ReadonlySet<string> = new Set(
  [
    'apt apt-get dnf yum microdnf zypper pacman paccache yay apk emerge eclean xbps-remove nix-collect-garbage',
    'npm pnpm yarn pip pip3 uv pipx poetry conda mamba go cargo gem composer dotnet',
  ].flatMap((line) => line.split(' ')),
);

/** What asks a package database, which is the other system's own. */
const PACKAGE_QUERIES: ReadonlySet<string> = new Set(['dpkg', 'rpm', 'pacman', 'apk']);

/**
 * The same action for the system below `root`; undefined where only the running system can do it.
 * @param root of the other system.
 */
export function insideRoot(action: Action, root: ByteString): Action | undefined {
  if (action.kind === 'look' && PACKAGE_QUERIES.has(action.argv[0])) {
    const argv = action.argv.map((word) =>
      word.startsWith(`${root}/`) ? (word.slice(root.length) as ByteString) : word,
    );
    return { ...action, argv: ['chroot' as ByteString, root, ...argv], needs: { root: true } };
  }
  if (action.kind === 'owner-command' && action.more === undefined && WITHOUT_DAEMON.has(action.argv[0])) {
    const { needs = {}, ...rest } = action;
    const { user, ...others } = needs;
    const inner = user === undefined ? action.argv : asUser(action.argv, user);
    return {
      ...rest,
      argv: ['chroot' as ByteString, root, ...inner],
      actsOn: 'path',
      needs: { ...others, root: true },
    };
  }
  return undefined;
}

/** su(1) finds the user and the home in the other system's passwd(5). */
function asUser(argv: readonly ByteString[], user: ByteString): ByteString[] {
  return ['su', '-', user, '-c', shellLine(argv)] as ByteString[];
}
